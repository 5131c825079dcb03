import type {Reporter, TestCase} from 'vitest/node';

/** Names the tests that passed by a second try only, so that nobody takes them for sound. */
export function secondTries(): Reporter {
  const names: string[] = [];
  return {
    onTestCaseResult: (test: TestCase) => {
      const tries = test.diagnostic()?.retryCount ?? 0;
      if (tries > 0 && test.result().state === 'passed')
        names.push(`${test.module.relativeModuleId} > ${test.fullName}`);
    },
    onTestRunEnd: () => {
      for (const name of names) process.stdout.write(`needed a second try: ${name}\n`);
    },
  };
}
