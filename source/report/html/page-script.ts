/**
 * The page's script: plays the Region grid, and reads the chart's bars out. It only ever sets texts and attributes, so
 * that nothing in the data can become markup.
 */
export const pageScript = `
'use strict';
(() => {
  const data = JSON.parse(document.getElementById('recording').textContent);
  const by = (id) => document.getElementById(id);
  const [play, seek, speed, doing, clock, head] = ['play', 'seek', 'speed', 'doing', 'clock', 'head'].map(by);
  const rows = [...by('grid').rows];
  const two = (n) => String(n).padStart(2, '0');
  const span = (ms) => {
    const s = Math.max(0, Math.floor(ms / 1000));
    const [h, m] = [Math.floor(s / 3600), Math.floor(s / 60) % 60];
    return h > 0 ? h + ':' + two(m) + ':' + two(s % 60) : m + ':' + two(s % 60);
  };
  const calm = new Set(['\\u2713', '\\u25cb', '\\u2013']);
  let shown = 0;
  let at = 0;
  let playing = false;
  let last = 0;

  function put(row) {
    const [index, sign, now, ...cells] = row;
    const tr = rows[index];
    if (!tr) return;
    tr.className = calm.has(sign) ? 'calm' : '';
    cells.forEach((text, i) => { tr.cells[i + 1].textContent = text; });
    const end = tr.cells[tr.cells.length - 1];
    end.firstChild.textContent = sign;
    end.lastChild.textContent = now;
    end.title = now;
  }
  function clear() {
    for (const tr of rows) {
      tr.className = 'calm';
      for (let i = 1; i < tr.cells.length - 1; i += 1) tr.cells[i].textContent = '';
      const end = tr.cells[tr.cells.length - 1];
      end.firstChild.textContent = '\\u25cb';
      end.lastChild.textContent = 'not checked yet';
      end.title = '';
    }
    shown = 0;
  }
  function show(time) {
    at = Math.max(0, Math.min(data.duration, time));
    if (shown > 0 && data.frames[shown - 1].t > at) clear();
    while (shown < data.frames.length && data.frames[shown].t <= at) {
      data.frames[shown].rows.forEach(put);
      shown += 1;
    }
    const frame = data.frames[Math.max(0, shown - 1)];
    const next = data.frames[shown];
    const share = next && next.t > frame.t ? (at - frame.t) / (next.t - frame.t) : 0;
    const was = frame.at + (next ? share * (next.at - frame.at) : 0);
    const x = (data.duration === 0 ? 0 : (100 * at) / data.duration) + '%';
    head.setAttribute('x1', x);
    head.setAttribute('x2', x);
    doing.textContent = frame.doing;
    clock.textContent = span(was - data.start) + ' / ' + span(data.end - data.start) + ' \\u00b7 ' +
      new Date(was).toISOString().slice(11, 19) + 'Z';
    seek.value = String(Math.round(at));
    seek.setAttribute('aria-valuetext', span(was - data.start));
  }
  function playOrPause(on) {
    playing = on;
    play.textContent = on ? 'Pause' : 'Play';
    if (!on) return;
    if (at >= data.duration) show(0);
    last = performance.now();
    requestAnimationFrame(tick);
  }
  function tick(now) {
    if (!playing) return;
    show(at + (now - last) * Number(speed.value));
    last = now;
    if (at >= data.duration) playOrPause(false);
    else requestAnimationFrame(tick);
  }
  play.addEventListener('click', () => playOrPause(!playing));
  seek.addEventListener('input', () => show(Number(seek.value)));

  const chart = by('bars');
  const reader = by('reader');
  const bars = [...chart.querySelectorAll('.bar')];
  let chosen = -1;
  function read(index) {
    if (index < 0 || index >= bars.length) return;
    if (chosen >= 0) bars[chosen].classList.remove('on');
    chosen = index;
    bars[index].classList.add('on');
    reader.textContent = bars[index].querySelector('title').textContent;
  }
  const overBar = (event) => read(bars.indexOf(event.target));
  chart.addEventListener('pointerover', overBar);
  chart.addEventListener('click', (event) => {
    overBar(event);
    const box = chart.getBoundingClientRect();
    show(data.duration * (event.clientX - box.left) / box.width);
  });
  chart.addEventListener('focus', () => read(Math.max(0, chosen)));
  chart.addEventListener('keydown', (event) => {
    const by = {ArrowRight: 1, ArrowLeft: -1}[event.key];
    if (!by) return;
    event.preventDefault();
    read(chosen + by);
    show(Number(bars[chosen].dataset.t));
  });
  clear();
  show(data.duration);
})();
`;
