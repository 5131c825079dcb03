import {renderToString} from 'ink';
import type {Player} from '../../replay/player.ts';
import type {Timeline} from '../../replay/timeline.ts';
import {createShower, type Recording} from './replay-screen-props.ts';
import {ReplayScreen} from './replay-screen.tsx';
import {ThemeContext} from '../terminal/theme.tsx';

/** A screen's size. */
export interface Size {
  readonly columns: number;
  readonly rows: number;
}

/** Renders the replay's screen at any position, as rows with colors. */
export function createFramer(
  recording: Recording,
  {columns, rows}: Size,
): (player: Player) => readonly string[] {
  const {timeline} = recording;
  const show = createShower(recording);
  return (player) => {
    const now = timeline.timeAt(player.count, player.played);
    const frame = renderToString(
      <ThemeContext value={{color: true, ascii: false}}>
        <ReplayScreen
          shown={show(player, now)}
          player={player}
          timeline={timeline}
          columns={columns}
          rows={rows}
          onTransport={ignored}
          onLeave={ignored}
        />
      </ThemeContext>,
      {columns},
    );
    return frame.split('\n');
  };
}

function ignored(): void {}

/** Returns the position of a replay in real time at a played time. */
export function playerAt(timeline: Timeline, played: number): Player {
  const count = Math.max(1, timeline.countAt(played));
  return {count, played, playing: count < timeline.length, speed: 1, live: false};
}
