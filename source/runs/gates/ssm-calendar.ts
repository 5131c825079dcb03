/** How a change calendar is written. */
export const calendarHint =
  'write ssm:NAME, or ssm:arn:aws:ssm:REGION:ACCOUNT:document/NAME for one of another account or Region';

/** Returns the name or the ARN of a change calendar that is written as `ssm:NAME`; undefined for another text. */
export function ssmCalendar(text: string): string | undefined {
  return /^ssm:((?:arn:aws[a-z-]*:ssm:[a-z0-9-]+:\d{12}:document\/)?[A-Za-z0-9_.-]{3,128})$/.exec(text)?.[1];
}
