import {useRef, useState, type ReactNode} from 'react';
import {Box} from 'ink';
import {Confirmation} from './confirmation.tsx';
import {Header} from './header.tsx';
import {KeyHints} from './key-hints.tsx';
import {divider, layoutFor} from './layout.ts';
import {blank, span} from './line.ts';
import {Lines} from './lines.tsx';
import {RailAcross, RailUpright} from './rail.tsx';
import {insert} from './reply.ts';
import {Rule} from './rule.tsx';
import {RunPane} from './run-pane.tsx';
import {focusOf, freshScreen, pressed, readingOf, replyOf, type Shown} from './screen-state.ts';
import {Scrolled} from './scrolled.tsx';
import {useKeyboard} from './use-keyboard.ts';

export interface RunScreenProps extends Shown {
  readonly columns: number;
  readonly rows: number;
  readonly onInterrupt: () => void;
  /** The operator has seen the result. */
  readonly onLeave: () => void;
}

/** The run, on all of the screen. */
export function RunScreen(props: RunScreenProps): ReactNode {
  const {state, now, asking, onInterrupt, onLeave} = props;
  const layout = layoutFor(props.columns, props.rows);
  // Several keys can arrive before the next frame: each acts on what the one before it left, not on what is drawn.
  const latest = useRef(freshScreen);
  const [screen, setScreen] = useState(freshScreen);
  const become = (next: typeof screen): void => {
    latest.current = next;
    setScreen(next);
  };

  useKeyboard({
    focus: () => focusOf(latest.current, props),
    onKey(action, input) {
      if (action === 'leave') return state.ended === undefined ? onInterrupt() : onLeave();
      const outcome = pressed(latest.current, props, layout, action, input);
      if ('answer' in outcome) asking?.answer(outcome.answer);
      else become(outcome);
    },
    onPaste(text) {
      if (asking === undefined) return;
      const reply = insert(replyOf(latest.current, props), text);
      become({...latest.current, draft: {id: asking.id, reply}});
    },
  });

  const focus = focusOf(screen, props);
  const reading = readingOf(screen, props, layout);
  const {width, rail, rule, paneColumns, paneRows} = layout;
  const area = {columns: paneColumns, rows: paneRows};
  const pane =
    asking !== undefined ? (
      <Confirmation
        {...area}
        state={state}
        question={asking.question}
        reply={replyOf(screen, props)}
        offset={reading.offset}
      />
    ) : state.started === undefined ? (
      <Lines {...area} lines={[blank, [span(` ${props.opening}`)]]} />
    ) : focus === 'run' || reading.beside ? (
      <RunPane {...props} layout={layout} selected={screen.selected} reading={reading} />
    ) : (
      <Scrolled {...area} lines={reading.lines} offset={reading.offset} />
    );
  return (
    <Box flexDirection="column" width={props.columns} height={props.rows} overflow="hidden">
      <Header state={state} now={now} columns={width} rows={layout.header} />
      {rail.kind === 'across' && <RailAcross state={state} columns={width} rows={rail.rows} />}
      <Rule columns={width} rows={rule} />
      {rail.kind === 'across' ? (
        pane
      ) : (
        <Box height={paneRows}>
          <RailUpright state={state} now={now} columns={rail.columns} rows={paneRows} />
          <Lines
            lines={Array.from({length: paneRows}, () => [span(' │ ', 'quiet')])}
            columns={divider}
            rows={paneRows}
          />
          {pane}
        </Box>
      )}
      <Rule columns={width} rows={rule} />
      <KeyHints focus={focus} columns={width} rows={layout.keys} />
    </Box>
  );
}
