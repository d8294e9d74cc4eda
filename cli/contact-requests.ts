import { Command } from "commander";
import { addBackfill } from "./backfill/backfill.ts";
import { addLocal } from "./local.ts";
import { prepareProgram, runProgram } from "./run-program.ts";
import { addSend } from "./send.ts";
import { addValidate } from "./validate.ts";

const program = prepareProgram(new Command("npm run -s contact-requests --"))
  .description("Checks contact requests, sends them to their queues, and runs the system on this machine.")
  .addHelpText("after", "\nExit status: 0 done, 1 a request was refused or not sent, 2 wrong usage or no access.");

addValidate(program);
addSend(program);
addBackfill(program);
addLocal(program);

await runProgram(program);
