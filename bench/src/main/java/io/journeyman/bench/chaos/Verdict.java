package io.journeyman.bench.chaos;

/** What staff make of pieces that came back: their customer's money, of a claim another piece or theirs repaired, or nothing. */
enum Verdict {
    refund,
    replace,
    repair,
    refuse
}
