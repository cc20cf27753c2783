//! Prints how fast a made-up encoder of the usual size runs on one core, for each kernel or for
//! the one that is named.

use std::time::Instant;

use reportedly_model::bench::{Precision, cpu_seconds, encoder_ops, made_up_weights, peak_two_step};
use reportedly_model::{Encoder, EncoderConfig, Error, Kernel, Part, Scratch, Watch, Weights, Window};

const CONFIG: EncoderConfig = EncoderConfig {
    hidden: 384,
    layers: 6,
    heads: 12,
    ff: 1536,
    max_positions: 512,
    vocab: 4_000,
    features: [8, 5, 3],
};

/// Seconds spent in each part.
struct Split {
    last: Instant,
    seconds: [f64; 4],
}

impl Watch for Split {
    fn ended(&mut self, part: Part) {
        let now = Instant::now();
        self.seconds[part as usize] += (now - self.last).as_secs_f64();
        self.last = now;
    }
}

fn main() -> Result<(), Error> {
    let file = made_up_weights(CONFIG, Precision::Bytes, 7)?;
    let encoder = Encoder::load(&Weights::parse(&file)?)?;
    let ids: Vec<u32> = (0..512).map(|i| i * 7 % 4_000).collect();
    let features = vec![[1, 2, 0]; 512];
    let mut scratch = Scratch::default();
    let only = std::env::args().nth(1);
    let wanted = |kernel: &Kernel| only.as_deref().is_none_or(|name| name == kernel.name());
    for kernel in Kernel::available().into_iter().filter(wanted) {
        for pieces in [32, 128, 256] {
            let window = Window { ids: &ids[..pieces], features: &features[..pieces] };
            let peak = peak_two_step(0.3);
            let speed = speed(&encoder, kernel, &window, &mut scratch);
            let share = encoder_ops(CONFIG, pieces) / pieces as f64 * speed / peak;
            println!(
                "{kernel:12} {pieces:4} pieces: {speed:7.0} pieces/s, {:3.0}% of the two-step peak of {:3.0} Gop/s;{}",
                share * 100.0,
                peak / 1e9,
                split(&encoder, kernel, &window, &mut scratch),
            );
        }
    }
    Ok(())
}

/// Pieces in a second of the processor, so that other programs on the machine count less.
fn speed(encoder: &Encoder, kernel: Kernel, window: &Window<'_>, scratch: &mut Scratch) -> f64 {
    let start = Instant::now();
    let clock = || cpu_seconds().unwrap_or_else(|| start.elapsed().as_secs_f64());
    let (before, mut runs) = (clock(), 0);
    while start.elapsed().as_secs_f64() < 2.0 {
        std::hint::black_box(encoder.run(kernel, window, scratch));
        runs += 1;
    }
    (runs * window.ids.len()) as f64 / (clock() - before)
}

fn split(encoder: &Encoder, kernel: Kernel, window: &Window<'_>, scratch: &mut Scratch) -> String {
    let mut split = Split { last: Instant::now(), seconds: [0.0; 4] };
    for _ in 0..4_096 / window.ids.len() {
        split.last = Instant::now();
        encoder.run_watched(kernel, window, scratch, &mut split);
    }
    let total: f64 = split.seconds.iter().sum();
    ["linear", "attention", "norm", "gelu"]
        .iter()
        .zip(split.seconds)
        .map(|(name, seconds)| format!(" {name} {:.0}%", seconds / total * 100.0))
        .collect()
}
