//! Pages that would take much memory, in a process of their own: the system tells only what a whole process had.

use reportedly_intake::{Given, Limits, Media, Raw, reports};

const NEWS: &str = "<p>Ministers met in London on Monday and said nothing of what they had agreed.</p>";

/// Most memory that the process had at one time, in bytes, where the system tells.
fn peak() -> Option<usize> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    line.trim().strip_suffix("kB")?.trim().parse::<usize>().ok().map(|size| size << 10)
}

#[test]
fn large_pages_are_read_in_bounded_memory() {
    let linked = r#"<script type=application/ld+json>{"@type": "NewsArticle", "a": ["#;
    let pages = [
        ("closing tags", format!("{NEWS}{}", "</p>".repeat(3_000_000)), ""),
        ("comments", format!("{NEWS}{}", "<!--x-->".repeat(1_500_000)), ""),
        (
            "JSON-LD",
            format!("{linked}{}0]}}</script>{NEWS}", r#"{"": 0},"#.repeat(1_500_000)),
            "states more about itself",
        ),
        ("brackets", format!("{NEWS}{}", "<".repeat(12_000_000)), "more than 20000 elements"),
        ("attributes", format!("{}{NEWS}", "<i a=1 b=2 c=3 d=4 e=5 f=6>x</i>".repeat(19_000)), ""),
        ("tables", format!("{NEWS}{}", "<table><tr><td>".repeat(100_000)), "more than 20000 elements"),
        ("lists", format!("{NEWS}{}", "<ul><li>".repeat(100_000)), "nested more than 128 deep"),
        ("text", NEWS.repeat(100_000), "the rest is left out"),
    ];
    for (what, page, note) in pages {
        let raw = Raw { name: "a", bytes: page.as_bytes(), media: Media::Html };
        let report =
            reports(&raw, &Given::default(), &Limits::default()).next().expect("one report").expect("a report");
        assert!(report.text.as_str().contains("Ministers met in London"), "{what}");
        assert!(report.text.as_str().len() <= Limits::default().page, "{what}");
        assert!(
            note.is_empty() || report.notes.iter().any(|found| found.says.contains(note)),
            "{what}: {:?}",
            report.notes
        );
        let peak = peak().unwrap_or(0) >> 20;
        assert!(peak < 300, "{what}: {peak} MB");
    }
}
