/** The page's style: quiet, for light and dark, from 320 columns of pixels up. */
export const pageStyle = `
:root {
  color-scheme: light dark;
  --paper: #fbfaf8; --raised: #fff; --ink: #1d2126; --soft: #5c646e; --line: #e2dfd9;
  --accent: #0b6b78; --change: #6b4fa3; --wait: #c9c4ba; --bad: #b3261e; --good: #2b7a3d; --warn: #8a5a00; --cut: #efece6;
}
@media (prefers-color-scheme: dark) {
  :root {
    --paper: #14171a; --raised: #1b1f23; --ink: #e4e6e8; --soft: #98a1ab; --line: #2c3238;
    --accent: #5cc3d1; --change: #b79cf0; --wait: #4b525a; --bad: #ff8a80; --good: #7fce92; --warn: #e6b95c; --cut: #20252a;
  }
}
* { box-sizing: border-box; }
body { margin: 0; background: var(--paper); color: var(--ink); font: 16px/1.5 system-ui, sans-serif; }
main { max-width: 68rem; margin: 0 auto; padding: 2rem 1rem 4rem; }
h1 { font-size: 1.6rem; line-height: 1.25; margin: 0 0 .5rem; overflow-wrap: anywhere; }
h2 { font-size: 1.05rem; margin: 0 0 .75rem; }
section { margin-top: 2.5rem; }
p { margin: .5rem 0; max-width: 46rem; overflow-wrap: anywhere; }
code { font: .86em/1.4 ui-monospace, Menlo, Consolas, monospace; overflow-wrap: anywhere; }
a { color: var(--accent); } nav { margin-bottom: 1rem; }
.quiet { color: var(--soft); }
.badge { display: inline-block; border: 1px solid currentColor; border-radius: 3px; padding: 0 .45em; font-size: .75rem; font-weight: 600; letter-spacing: .04em; margin-right: .5rem; }
.good { color: var(--good); } .bad { color: var(--bad); } .warn { color: var(--warn); }
dl { margin: 1rem 0 0; display: grid; gap: .25rem 2rem; grid-template-columns: repeat(auto-fit, minmax(min(100%, 26rem), 1fr)); }
dl div { display: grid; grid-template-columns: 7rem minmax(0, 1fr); }
dt { color: var(--soft); font-size: .875rem; } dd { margin: 0; overflow-wrap: anywhere; font-size: .9375rem; }
ul { margin: 0; padding: 0; list-style: none; }
li { padding: .5rem 0; border-top: 1px solid var(--line); overflow-wrap: anywhere; font-size: .9375rem; }
li ul { margin: .25rem 0 0 1rem; } li li { border: 0; padding: .1rem 0; }
details summary { cursor: pointer; color: var(--soft); margin-top: .5rem; }
.card { background: var(--raised); border: 1px solid var(--line); border-radius: 8px; padding: 1rem; }
.transport { display: grid; grid-template-columns: auto minmax(0, 1fr) auto; gap: .75rem; align-items: center; }
.transport button, .transport select { font: inherit; color: inherit; background: transparent; border: 1px solid var(--line); border-radius: 6px; padding: .25rem .6rem; min-height: 2.25rem; min-width: 2.75rem; cursor: pointer; }
.transport input { width: 100%; accent-color: var(--accent); margin: 0; }
:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
.doing { display: flex; flex-wrap: wrap; justify-content: space-between; gap: .25rem 1rem; margin: .75rem 0 .25rem; font-size: .9375rem; }
.doing output { font-variant-numeric: tabular-nums; color: var(--soft); }
table { border-collapse: collapse; width: 100%; font-size: .8125rem; line-height: 1.35; table-layout: fixed; }
th { text-align: left; font-weight: 500; color: var(--soft); padding: .3rem .5rem .3rem 0; }
th:first-child { width: 9.5rem; } th.cell { width: 9rem; }
td { padding: .12rem .5rem .12rem 0; white-space: nowrap; overflow: hidden; text-overflow: ellipsis; }
.found td { white-space: normal; overflow-wrap: anywhere; vertical-align: top; }
.wide { overflow-x: auto; } .wide table { min-width: 52rem; }
tr.calm td { color: var(--soft); }
.sign { display: inline-block; width: 1.2em; font-weight: 700; }
.chart { display: grid; grid-template-columns: 8.5rem minmax(0, 1fr); }
.chart ol { list-style: none; margin: 0; padding: 0; }
.chart ol li { height: 18px; line-height: 18px; padding: 0; border: 0; font-size: .75rem; color: var(--soft); white-space: nowrap; overflow: hidden; text-overflow: ellipsis; }
.chart svg { display: block; width: 100%; overflow: visible; touch-action: manipulation; }
.lane { stroke: var(--line); stroke-width: 1; }
.call { fill: var(--accent); opacity: .75; } .change { fill: var(--change); } .wait { fill: var(--wait); } .failure { fill: var(--bad); } .cut { fill: var(--cut); }
.bar:hover, .bar.on { stroke: var(--ink); stroke-width: 1.5; opacity: 1; }
.head { stroke: var(--ink); stroke-width: 1; pointer-events: none; }
.axis { display: flex; justify-content: space-between; margin: .25rem 0 0 8.5rem; font-size: .75rem; color: var(--soft); font-variant-numeric: tabular-nums; }
.reader { min-height: 3em; margin: .75rem 0 0; font-size: .875rem; max-width: none; }
.legend { display: flex; flex-wrap: wrap; gap: .25rem 1.25rem; font-size: .8125rem; color: var(--soft); }
.legend svg { width: 14px; height: 12px; vertical-align: -1px; margin-right: .35rem; }
@media (max-width: 40rem) {
  main { padding: 1.25rem .875rem 3rem; }
  .card { padding: .75rem; }
  .transport { grid-template-columns: auto minmax(0, 1fr); } .transport input { grid-column: 1 / -1; grid-row: 2; }
  .transport select { justify-self: end; }
  th.cell, td.cell { display: none; } th:first-child { width: 7.75rem; }
  .chart { grid-template-columns: 6.5rem minmax(0, 1fr); } .axis { margin-left: 6.5rem; }
}
@media print { .wide { overflow: visible; } .wide table { min-width: 0; } .transport, .reader { display: none; } .card { border: 0; padding: 0; } }
`;
