import type {ReactNode} from 'react';
import type {Player, Transport} from '../../replay/player.ts';
import type {Timeline} from '../../replay/timeline.ts';
import {pressedIn} from '../keyboard/key-table.ts';
import {RunScreen} from '../run/run-screen.tsx';
import type {Shown} from '../run/run-screen-state.ts';
import {replayBar} from './transport-bar.ts';
import {holdCaption, watchHints, watchKeysNow, type Hold, type Wish} from './take-over.ts';
import {replayHelp, replayHints, transportKeys, watchHelp} from './transport-keys.ts';

interface Props {
  readonly shown: Shown;
  readonly player: Player;
  readonly timeline: Timeline;
  readonly columns: number;
  readonly rows: number;
  /** It is at the end of a run that is still going. */
  readonly watching?: boolean;
  /** A key of the transport was pressed. */
  readonly onTransport: (wish: Transport) => void;
  readonly onLeave: () => void;
  /** Who has the watched run, where it may be taken over, and a watcher's key. */
  readonly hold?: Hold;
  readonly onWish?: (wish: Wish) => void;
}

/** The run's own screen with a transport bar. Nothing can be answered or steered. */
export function ReplayScreen(props: Props): ReactNode {
  const {
    shown,
    player,
    timeline,
    columns,
    rows,
    watching = false,
    onTransport,
    onLeave,
    hold,
    onWish,
  } = props;
  return (
    <RunScreen
      {...shown}
      columns={columns}
      rows={rows}
      onInterrupt={onLeave}
      onLeave={onLeave}
      replay={{
        watching,
        bar: (room) => replayBar(player, timeline, shown.now, room),
        caption: hold === undefined ? undefined : holdCaption(hold),
        help: hold === undefined ? replayHelp : watchHelp,
        hints: hold === undefined ? replayHints : [...watchHints(hold), ...replayHints.slice(-2)],
        onKey(key) {
          const asked = hold === undefined ? undefined : pressedIn(watchKeysNow(hold), hold, key);
          if (asked !== undefined) onWish?.(asked);
          if (asked !== undefined) return true;
          const wish = pressedIn(transportKeys, undefined, key);
          if (wish !== undefined) onTransport(wish);
          return wish !== undefined;
        },
      }}
    />
  );
}
