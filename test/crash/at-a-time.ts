/** Works through a list with so many at a time. Results come in the list's order. */
export async function atATime<In, Out>(
  count: number,
  list: readonly In[],
  work: (item: In, index: number) => Promise<Out>,
): Promise<readonly Out[]> {
  const results: Out[] = [];
  const entries = list.entries();
  const worker = async (): Promise<void> => {
    for (const [index, item] of entries) results[index] = await work(item, index);
  };
  await Promise.all(Array.from({length: count}, worker));
  return results;
}
