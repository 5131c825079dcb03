/** Identifies the program and its run in CloudTrail: in the user agent, and in the names of role sessions. */
export interface Agent {
  readonly version: string;
  readonly run: string;
  readonly ticket?: string;
}

/** Product names and versions for the user agent of every request. */
export function userAgent(agent: Agent | undefined): readonly (readonly [string, string])[] {
  if (agent === undefined) return [['handrail', 'unknown']];
  return [
    ['handrail', agent.version],
    ['handrail-run', agent.run],
  ];
}

/** The name of a role session, for settings that give none. */
export function sessionName(agent: Agent | undefined): string {
  const ticket = agent?.ticket === undefined ? '' : `-${agent.ticket}`;
  // IAM takes these characters alone, and 64 of them.
  return `handrail-${agent?.run ?? process.pid}${ticket}`.replace(/[^\w+=,.@-]/g, '-').slice(0, 64);
}
