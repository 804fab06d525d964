/**
 * Lints texts as if they were files of this repository: standard input `[{ path, code }]`, standard output the messages
 * of each. Without type information, which a file that does not exist cannot have; the bans need none.
 */
import { text } from 'node:stream/consumers';
import { ESLint } from 'eslint';
import tseslint from 'typescript-eslint';

const untyped = { files: ['**/*.ts'], ...tseslint.configs.disableTypeChecked };
const eslint = new ESLint({
  overrideConfig: [untyped, { files: ['**/*.ts'], languageOptions: { parserOptions: { project: false } } }],
});

const messages = [];
for (const { path, code } of JSON.parse(await text(process.stdin))) {
  const [result] = await eslint.lintText(code, { filePath: path });
  messages.push(result.messages.map(({ ruleId, message }) => `${ruleId}: ${message}`));
}
process.stdout.write(JSON.stringify(messages));
