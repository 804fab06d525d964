import { crashRecord } from './crash-record.js';

describe('the record of a crash', () => {
  it('says of what type the error was and where it was thrown', () => {
    const { event, detail } = crashRecord(new TypeError('x is not a function'));
    expect([event, detail[0]]).toEqual(['crash', 'TypeError']);
    expect(detail[1]).toMatch(/^at .*crash-record\.spec\.ts:\d+:\d+\)?$/);
  });

  it('repeats no message, property or cause of it', () => {
    const cause = new Error('secret-cause');
    const error = Object.assign(new Error('secret-message\n    at secret (/frame.js:1:1)', { cause }), {
      parameters: ['secret-parameter'],
    });
    expect(JSON.stringify(crashRecord(error))).not.toMatch(/secret/);
    expect(JSON.stringify(crashRecord('secret'))).not.toMatch(/secret/);
  });
});
