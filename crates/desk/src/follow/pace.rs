//! The pace of following: how soon a feed is asked again, with a scatter that is the same for the same seed.

use std::hash::{DefaultHasher, Hash, Hasher};

use jiff::{SignedDuration, Timestamp};

/// The longest that a feed is left alone, whatever it says.
const LONGEST: SignedDuration = SignedDuration::from_hours(24);

/// How many times slower an outlet is asked that publishes nothing.
const SILENT: i32 = 6;

/// How soon feeds are asked again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pace {
    /// The time between two requests for a feed.
    pub every: SignedDuration,
    /// What the scatter is drawn from.
    pub seed: u64,
}

impl Pace {
    /// When a feed is due after it was asked: a little later than the pace, so that many feeds do not come together. Of an
    /// outlet that is silent until an instant, much later, but right after that instant.
    pub(crate) fn due(&self, feed: &str, now: Timestamp, silent_until: Option<Timestamp>) -> Timestamp {
        let due = |every: SignedDuration| {
            now.saturating_add(every + self.scatter(feed, now, every)).unwrap_or(Timestamp::MAX)
        };
        match silent_until {
            None => due(self.every),
            Some(until) => {
                let slow = due(self.every.saturating_mul(SILENT).min(LONGEST.max(self.every)));
                let after = until.saturating_add(self.scatter(feed, until, self.every)).unwrap_or(Timestamp::MAX);
                slow.min(after.max(due(self.every)))
            }
        }
    }

    /// Until when a feed is not asked that gave no answer so many times in a row: twice as long each time, and no less than
    /// its server wishes.
    pub(crate) fn held(&self, feed: &str, now: Timestamp, failures: u32, wish: Option<SignedDuration>) -> Timestamp {
        let doubled = self.every.saturating_mul(1 << failures.saturating_sub(1).min(16));
        let wait = doubled.max(wish.unwrap_or(SignedDuration::ZERO)).min(LONGEST.max(self.every));
        now.saturating_add(wait + self.scatter(feed, now, wait)).unwrap_or(Timestamp::MAX)
    }

    /// Tells whether an instant in the future can be one that was planned: if not, the clock was set back since.
    pub(crate) fn is_near(&self, instant: Timestamp, now: Timestamp) -> bool {
        now.duration_until(instant) <= LONGEST.max(self.every).saturating_mul(2)
    }

    /// Up to a tenth of a wait.
    fn scatter(&self, feed: &str, now: Timestamp, wait: SignedDuration) -> SignedDuration {
        let mut hasher = DefaultHasher::new();
        (self.seed, feed, now.as_second()).hash(&mut hasher);
        let thousandth = (hasher.finish() % 100) as i64;
        SignedDuration::from_millis(wait.as_secs().saturating_mul(thousandth))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waits_grow_and_end_with_a_silence() {
        let pace = Pace { every: SignedDuration::from_mins(5), seed: 1 };
        let now: Timestamp = "2025-11-14T20:00:00Z".parse().expect("an instant");
        let after = |instant: Timestamp| now.duration_until(instant).as_secs();
        let within = |seconds: i64, least: i64| (least..=least + least / 10).contains(&seconds);
        assert!(within(after(pace.due("a", now, None)), 300));
        let far = now.saturating_add(SignedDuration::from_hours(20)).expect("an instant");
        assert!(within(after(pace.due("a", now, Some(far))), 1_800));
        let soon = now.saturating_add(SignedDuration::from_mins(10)).expect("an instant");
        assert!((600..=630).contains(&after(pace.due("a", now, Some(soon)))));
        let held =
            |failures, wish: Option<i64>| after(pace.held("a", now, failures, wish.map(SignedDuration::from_secs)));
        assert!(within(held(1, None), 300) && within(held(4, None), 2_400) && within(held(99, None), 86_400));
        assert!(within(held(1, Some(7_000)), 7_000) && within(held(1, Some(9_999_999)), 86_400));
        assert_ne!(pace.due("a", now, None), pace.due("b", now, None));
        assert_eq!(pace.due("a", now, None), pace.due("a", now, None));
        assert!(pace.is_near(far, now) && !pace.is_near("2031-01-01T00:00:00Z".parse().expect("an instant"), now));
    }
}
