//! Days and ISO weeks of dates as articles give them. It knows no time zones: a date's own day counts.

/// Day number of a date that begins with `YYYY-MM-DD`, `YYYY/MM/DD` or `YYYYMMDD`, counted from 1970-01-01; `None` where it
/// begins otherwise or names no day.
pub fn day_of(date: &str) -> Option<i64> {
    let bytes = date.trim().as_bytes();
    let digits = |range: std::ops::Range<usize>| -> Option<i64> {
        let part = bytes.get(range)?;
        part.iter().try_fold(0, |sum, byte| {
            byte.is_ascii_digit()
                .then(|| sum * 10 + i64::from(byte - b'0'))
        })
    };
    let year = digits(0..4)?;
    let (month, day, end) = match bytes.get(4)? {
        b'-' | b'/' if bytes.get(7) == bytes.get(4) => (digits(5..7)?, digits(8..10)?, 10),
        _ => (digits(4..6)?, digits(6..8)?, 8),
    };
    let ends = bytes.get(end).is_none_or(|byte| !byte.is_ascii_digit());
    let number = number_of(year, month, day);
    (ends && (1..=12).contains(&month) && day >= 1 && civil(number) == (year, month, day))
        .then_some(number)
}

/// Days since 1970-01-01 of a day of the Gregorian calendar (Hinnant 2013, `days_from_civil`).
fn number_of(year: i64, month: i64, day: i64) -> i64 {
    let year = if month <= 2 { year - 1 } else { year };
    let era = year.div_euclid(400);
    let of_era = year.rem_euclid(400);
    let of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    era * 146_097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719_468
}

/// Year, month and day of a day number (Hinnant 2013, `civil_from_days`).
fn civil(number: i64) -> (i64, i64, i64) {
    let shifted = number + 719_468;
    let era = shifted.div_euclid(146_097);
    let of_era = shifted.rem_euclid(146_097);
    let year = (of_era - of_era / 1460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year + year / 4 - year / 100);
    let place = (5 * of_year + 2) / 153;
    let day = of_year - (153 * place + 2) / 5 + 1;
    let month = if place < 10 { place + 3 } else { place - 9 };
    (year + era * 400 + i64::from(month <= 2), month, day)
}

/// Number of the ISO week that a day lies in, counted so that neighbours differ by 1: Mondays begin it (ISO 8601).
pub const fn week_of(day: i64) -> i64 {
    // 1970-01-01 was a Thursday.
    (day + 3).div_euclid(7)
}

/// A day as `YYYY-MM-DD`.
pub fn day_name(day: i64) -> String {
    let (year, month, day) = civil(day);
    format!("{year:04}-{month:02}-{day:02}")
}

/// A week as `YYYY-Www`: it belongs to the year of its Thursday (ISO 8601).
pub fn week_name(week: i64) -> String {
    let thursday = week * 7;
    let (year, _, _) = civil(thursday);
    let of_year = thursday - number_of(year, 1, 1);
    format!("{year:04}-W{:02}", of_year / 7 + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_read_as_news_give_them() {
        // 2000-03-01 is day 11017: 30 years of 365 days, 7 leap days (1972 to 1996), 31 + 29 days: 10950 + 7 + 60.
        assert_eq!(day_of("2000-03-01"), Some(11_017));
        assert_eq!(day_of("2000-03-01T23:59:00+02:00"), Some(11_017));
        assert_eq!(day_of(" 20000301"), Some(11_017));
        assert_eq!(day_of("2000/03/01 08:00"), Some(11_017));
        assert_eq!(day_name(11_017), "2000-03-01");
        for wrong in [
            "",
            "2000",
            "2001-02-29",
            "2000-13-01",
            "1 March 2000",
            "200003011",
            "2000-03/01",
        ] {
            assert_eq!(day_of(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn weeks_follow_iso_8601() {
        // Python: datetime.date.fromisoformat(day).isocalendar().
        let weeks = [
            ("2021-01-03", "2020-W53"),
            ("2021-01-04", "2021-W01"),
            ("2024-12-30", "2025-W01"),
            ("2016-01-01", "2015-W53"),
            ("1969-12-28", "1969-W52"),
        ];
        for (day, week) in weeks {
            assert_eq!(week_name(week_of(day_of(day).unwrap())), week, "{day}");
        }
        assert_eq!(
            week_of(day_of("2021-01-03").unwrap()) + 1,
            week_of(day_of("2021-01-04").unwrap())
        );
    }
}
