// Scripts that a page of the static book loads when it needs them, each once; whether one came is seen in what it brings.

const loading = new Map<string, Promise<void>>();

export function scriptAt(address: string): Promise<void> {
  const load = () =>
    new Promise<void>((done) => {
      const script = document.createElement("script");
      script.src = address;
      script.onload = script.onerror = () => done();
      document.head.append(script);
    });
  const coming = loading.get(address) ?? load();
  loading.set(address, coming);
  return coming;
}
