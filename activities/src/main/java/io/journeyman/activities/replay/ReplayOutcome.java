package io.journeyman.activities.replay;

/** @param code why, in a word: insufficient_funds, out_of_stock, three_d_secure…; empty when the result says it all */
public record ReplayOutcome(ReplayResult result, String code) {}
