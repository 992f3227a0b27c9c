import { exportArchive, importArchive, MOVING_HELP, moveDatabase } from './db/move.js'
import { runCommandOn } from './db/run.js'
import { createCommand, runCommand } from './support/command.js'

const command = createCommand('db', 'What is done with the database beside the product.')

command
  .command('run <command...>')
  .description('run a command, such as a test suite, on a built-in database of its own')
  .option('--folder <folder>', 'where its data is kept; without it, in a folder that goes when the command has ended')
  .option('--replica-set', 'name it as a replica set that is discovered, which is what suites ask of transactions')
  .option(
    '--port',
    'give it a port of 127.0.0.1 in place of a socket; it takes a password made for this run, which stands in its address',
  )
  .option(
    '--as <variables>',
    'further environment variables, separated by commas, that name the database to the command',
  )
  .addHelpText(
    'after',
    `
The command finds the database in MONGODB_URI; with --port the address, password included, is printed on standard error as well, for whoever
else is to use the database meanwhile. Put -- before the command where it has options of its own:
  npm run db -- run --as MONGOOSE_TEST_URI -- npx mocha test

Exit code: that of the command; 2 the database could not start or the command could not be run.`,
  )
  .action(runCommandOn)

command
  .command('export <file>')
  .description('write a database to an archive, the same kind as a backup')
  .option('--from <database>', "built-in, or an address; without it, the product's own")
  .option('--json', 'end with one line of JSON')
  .addHelpText('after', MOVING_HELP)
  .action(exportArchive)

command
  .command('import <file>')
  .description('fill an empty database from an archive')
  .requiredOption('--to <database>', 'built-in, or an address')
  .option('--json', 'end with one line of JSON')
  .addHelpText('after', MOVING_HELP)
  .action(importArchive)

command
  .command('move')
  .description('export one database and import it into another')
  .option('--from <database>', "built-in, or an address; without it, the product's own")
  .requiredOption('--to <database>', 'built-in, or an address')
  .option('--json', 'end with one line of JSON')
  .addHelpText('after', MOVING_HELP)
  .action(moveDatabase)

await runCommand(command)
