/** Works something out once for each object, and remembers it as long as the object lives. For values that never change. */
export function oncePer<K extends object, V>(workOut: (key: K) => V): (key: K) => V {
  const known = new WeakMap<K, {readonly value: V}>();
  return (key) => {
    const found = known.get(key);
    if (found !== undefined) return found.value;
    const value = workOut(key);
    known.set(key, {value});
    return value;
  };
}
