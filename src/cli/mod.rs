//! The command line: one file a subcommand. The only room that prints; it reads the wishes, calls the library and chooses
//! the exit code. It holds no logic of the field.

mod actors;
mod args;
mod classify;
mod compare;
mod drawing;
mod evaluate;
mod interrupt;
mod labelled;
mod labels;
mod model;
mod output;
mod progress;
mod resume;
mod tally;
mod target;
mod terminal;
mod train;

use std::process::ExitCode;

use clap::{CommandFactory, Parser};

use args::{Cli, Command};
use terminal::{Stop, Terminal};

/// Program and codebook version, as `--version` shows them.
const fn version() -> &'static str {
    concat!(env!("CARGO_PKG_VERSION"), " (codebook 1)")
}

/// Runs the program with the arguments of the process.
pub fn run() -> ExitCode {
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        Err(error) => {
            // Help and version go to standard output and are no error; clap knows which is which.
            let code = if error.use_stderr() { 2 } else { 0 };
            let _ = error.print();
            return ExitCode::from(code);
        }
    };
    let terminal = Terminal::new(cli.quiet, cli.color);
    interrupt::listen();
    crate::corpus::hush_guarded_panics();
    match dispatch(&cli, &terminal) {
        Ok(()) | Err(Stop::BrokenPipe) => ExitCode::SUCCESS,
        Err(Stop::Check(words)) => {
            Terminal::insist(&words);
            ExitCode::from(1)
        }
        Err(Stop::Faults(faults)) => {
            for fault in faults.iter().take(MOST_FAULTS) {
                Terminal::complain(fault);
            }
            if faults.len() > MOST_FAULTS {
                terminal.say(&format!(
                    "stance: and {} faults more",
                    faults.len() - MOST_FAULTS
                ));
            }
            ExitCode::from(2)
        }
    }
}

/// Faults that are listed before the rest is only counted.
const MOST_FAULTS: usize = 20;

fn dispatch(cli: &Cli, terminal: &Terminal) -> Result<(), Stop> {
    match &cli.command {
        Command::Classify(wishes) => classify::run(wishes, terminal),
        Command::Train(wishes) => train::run(wishes, terminal),
        Command::Evaluate(wishes) => evaluate::run(wishes, terminal),
        Command::Compare(wishes) => compare::run(wishes, terminal),
        Command::Labels(wishes) => labels::run(wishes, terminal),
        Command::Model(wishes) => model::run(wishes),
        Command::Completions { shell } => {
            let mut script = Vec::new();
            clap_complete::generate(*shell, &mut Cli::command(), "stance", &mut script);
            Terminal::print(&String::from_utf8_lossy(&script))
        }
        Command::Man => {
            let mut page = Vec::new();
            clap_mangen::Man::new(Cli::command())
                .render(&mut page)
                .map_err(|error| terminal::output_stop(&error))?;
            Terminal::print(&String::from_utf8_lossy(&page))
        }
    }
}
