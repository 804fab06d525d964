/** `npm run bench -- <name>`: one measurement of bench/, on this machine. */
const BENCHES = { mls: './mls.mjs', register: './register.mjs', send: './send.mjs' };

const [name = '', ...rest] = process.argv.slice(2);
if (!(name in BENCHES) || rest.length > 0) {
  console.error(`usage: npm run bench -- ${Object.keys(BENCHES).join('|')}`);
  process.exit(2);
}
const { run } = await import(BENCHES[name]);
await run();
