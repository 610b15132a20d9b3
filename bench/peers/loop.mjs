// The peer's side of the pipe, for JavaScript. Each of `acts` prepares one act (may be async) and returns what is timed:
// a function of the number of the run (may be async), whose last answer (JSON) goes back.
import { createInterface } from 'node:readline';

export async function serve(acts) {
  console.log = console.info = console.debug = console.error; // what a library prints is not an answer
  for await (const line of createInterface({ input: process.stdin, crlfDelay: Infinity })) {
    let answer;
    try {
      const asked = JSON.parse(line);
      answer = await timed(await acts[asked.act](asked.given), asked.count);
    } catch (error) {
      answer = { error: `${error?.stack ?? error} ${JSON.stringify(error?.errors ?? error?.details ?? '')}` };
    }
    process.stdout.write(JSON.stringify(answer) + '\n');
  }
}

async function timed(act, count) {
  let answer = null;
  const cpu = process.cpuUsage();
  const wall = process.hrtime.bigint();
  for (let number = 0; number < count; number += 1) {
    answer = await act(number);
  }
  const seconds = Number(process.hrtime.bigint() - wall) / 1e9;
  const used = process.cpuUsage(cpu);
  return { wall: seconds, cpu: (used.user + used.system) / 1e6, answer: answer ?? null };
}
