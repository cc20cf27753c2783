//! What an expression says before anybody knows when it was written.

/// The fields that the words of an expression fill.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Meaning {
    pub(crate) year: Option<i16>,
    pub(crate) month: Option<i8>,
    pub(crate) day: Option<i8>,
    /// 1 Monday to 7 Sunday.
    pub(crate) weekday: Option<i8>,
    pub(crate) quarter: Option<i8>,
    pub(crate) half: Option<i8>,
    pub(crate) season: Option<Season>,
    pub(crate) part: Option<Part>,
    pub(crate) hour: Option<Hour>,
    /// First year of a decade; below 100 the century is open.
    pub(crate) decade: Option<i16>,
    /// 19 is the nineteenth.
    pub(crate) century: Option<i16>,
    pub(crate) holiday: Option<usize>,
    pub(crate) ordinal: Option<i8>,
    pub(crate) unit: Option<Unit>,
    pub(crate) count: Option<Count>,
    /// How many units (of `unit`, of years for a month, of weeks for a weekday) from the anchor: "last" -1, "this" 0.
    pub(crate) by: Option<i32>,
    /// The unit that `by` counts where it is not the expression's own: "Friday of last week", "October last year".
    pub(crate) within: Option<Unit>,
    /// The count says how far apart repetitions are, not how many there are.
    pub(crate) is_every: bool,
    pub(crate) anchor: Anchor,
    pub(crate) modifier: Option<Modifier>,
    pub(crate) vague: Option<Vague>,
}

/// What an expression is counted from.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Anchor {
    /// The time of writing.
    #[default]
    Now,
    /// The time spoken of last.
    Reference,
    /// The quarter of a year spoken of last.
    Quarter,
}

/// Units of time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Unit {
    Second,
    Minute,
    Hour,
    Day,
    Night,
    Weekend,
    Week,
    Fortnight,
    Month,
    Quarter,
    Half,
    Year,
    Decade,
    Century,
    Millennium,
    /// One that the words leave open: "a while".
    Open,
}

impl Unit {
    /// Reads the letter of `words.txt`.
    pub(crate) fn of(letter: &str) -> Option<Unit> {
        Some(match letter {
            "S" => Unit::Second,
            "m" => Unit::Minute,
            "h" => Unit::Hour,
            "D" => Unit::Day,
            "N" => Unit::Night,
            "E" => Unit::Weekend,
            "W" => Unit::Week,
            "F" => Unit::Fortnight,
            "M" => Unit::Month,
            "Q" => Unit::Quarter,
            "H" => Unit::Half,
            "Y" => Unit::Year,
            "T" => Unit::Decade,
            "C" => Unit::Century,
            "L" => Unit::Millennium,
            "X" => Unit::Open,
            _ => return None,
        })
    }
}

/// How many.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Count {
    Exactly(f64),
    /// "Several", "a few", or a plural alone.
    Some,
}

/// Seasons, as TIMEX3 writes them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Season {
    Spring,
    Summer,
    Fall,
    Winter,
}

impl Season {
    pub(crate) fn of(code: &str) -> Option<Season> {
        [Season::Spring, Season::Summer, Season::Fall, Season::Winter].into_iter().find(|s| s.code() == code)
    }

    pub(crate) fn code(self) -> &'static str {
        match self {
            Season::Spring => "SP",
            Season::Summer => "SU",
            Season::Fall => "FA",
            Season::Winter => "WI",
        }
    }

    /// The month in which it begins where summer is in July.
    pub(crate) fn first_month(self) -> i8 {
        match self {
            Season::Spring => 3,
            Season::Summer => 6,
            Season::Fall => 9,
            Season::Winter => 12,
        }
    }
}

/// Parts of a day, as TIMEX3 writes them, with their hours: a convention, not a measurement.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Part {
    Dawn,
    Morning,
    Midday,
    Afternoon,
    Dusk,
    Evening,
    Night,
    Daytime,
}

impl Part {
    pub(crate) fn of(code: &str) -> Option<Part> {
        use Part::*;
        [Dawn, Morning, Midday, Afternoon, Dusk, Evening, Night, Daytime].into_iter().find(|p| p.code() == code)
    }

    pub(crate) fn code(self) -> &'static str {
        match self {
            Part::Dawn => "DW",
            Part::Morning => "MO",
            Part::Midday => "MI",
            Part::Afternoon => "AF",
            Part::Dusk => "DK",
            Part::Evening => "EV",
            Part::Night => "NI",
            Part::Daytime => "DT",
        }
    }

    /// First hour, and the hour behind the last; beyond 24 on the next day.
    pub(crate) fn hours(self) -> (i64, i64) {
        match self {
            Part::Dawn => (4, 8),
            Part::Morning => (4, 12),
            Part::Midday => (11, 14),
            Part::Afternoon => (12, 18),
            Part::Dusk => (16, 22),
            Part::Evening => (17, 24),
            Part::Night => (18, 30),
            Part::Daytime => (6, 20),
        }
    }
}

/// A time of day.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Hour {
    pub(crate) hour: i8,
    pub(crate) minute: Option<i8>,
    pub(crate) zone: Option<ZoneWord>,
}

/// A zone as words name it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum ZoneWord {
    /// An IANA zone.
    Iana(&'static str),
    /// A fixed offset from UTC in minutes, with the letters that say it: EST is never summer time.
    Fixed(i16),
    /// Letters that stand for several zones.
    Ambiguous,
}

/// TIMEX3 `mod`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Modifier {
    Start,
    Mid,
    End,
    Approx,
    MoreThan,
    LessThan,
    EqualOrMore,
    EqualOrLess,
    /// "Earlier this year": the part that is over at the time of writing. Not of TIMEX3.
    Over,
    /// "Later this year": the part to come. Not of TIMEX3.
    Ahead,
}

impl Modifier {
    pub(crate) fn of(name: &str) -> Option<Modifier> {
        use Modifier::*;
        [Start, Mid, End, Approx, MoreThan, LessThan, EqualOrMore, EqualOrLess, Over, Ahead]
            .into_iter()
            .find(|m| m.name() == name)
    }

    /// The name that a record shows; none for what bounds show.
    pub(crate) fn shown(self) -> Option<&'static str> {
        (!matches!(self, Modifier::Over | Modifier::Ahead)).then(|| self.name())
    }

    fn name(self) -> &'static str {
        match self {
            Modifier::Start => "START",
            Modifier::Mid => "MID",
            Modifier::End => "END",
            Modifier::Approx => "APPROX",
            Modifier::MoreThan => "MORE_THAN",
            Modifier::LessThan => "LESS_THAN",
            Modifier::EqualOrMore => "EQUAL_OR_MORE",
            Modifier::EqualOrLess => "EQUAL_OR_LESS",
            Modifier::Over => "OVER",
            Modifier::Ahead => "AHEAD",
        }
    }
}

/// Times that are only said to be before, at or after the time of writing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Vague {
    Past,
    Present,
    Future,
}

impl Vague {
    pub(crate) fn of(name: &str) -> Option<Vague> {
        [Vague::Past, Vague::Present, Vague::Future].into_iter().find(|v| v.name() == name)
    }

    pub(crate) fn name(self) -> &'static str {
        match self {
            Vague::Past => "PAST_REF",
            Vague::Present => "PRESENT_REF",
            Vague::Future => "FUTURE_REF",
        }
    }
}
