import {expect, test, vi} from 'vitest';
import {whenFilesAreFree} from '../../source/journal/when-files-are-free.ts';
import {JournalError} from '../../source/journal/journal-error.ts';

function short(): Error {
  const cause = Object.assign(new Error('too many open files'), {code: 'EMFILE'});
  return new JournalError('the journal cannot be written', {cause});
}

test('an action that found no free file is tried again, and no other failure is', async () => {
  vi.useFakeTimers({toFake: ['setTimeout']});
  try {
    let [failures, tries, released] = [2, 0, 0];
    const release = async (): Promise<void> => void (released += 1);
    const trying = whenFilesAreFree(() => {
      tries += 1;
      if ((failures -= 1) >= 0) throw short();
      return 'made';
    }, release);
    await vi.advanceTimersByTimeAsync(10_000);
    expect(await trying).toBe('made');
    expect(tries).toBe(3);
    // Connections that nothing goes over are closed before each wait.
    expect(released).toBe(2);
    await expect(
      whenFilesAreFree(() => {
        throw new JournalError('no space');
      }, release),
    ).rejects.toThrow('no space');
  } finally {
    vi.useRealTimers();
  }
});
