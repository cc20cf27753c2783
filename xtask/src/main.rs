//! The project's own helper.
#[path = "../../crates/model/src/pieces.rs"]
mod pieces;
mod prepare;

fn main() -> anyhow::Result<()> {
    let args: Vec<String> = std::env::args().collect();
    prepare::prepare(args[2].as_ref(), std::io::stdin().lock(), std::io::BufWriter::new(std::io::stdout().lock()))
}
