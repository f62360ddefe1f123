package io.journeyman.bench.chaos;

/** The test gateway's cards by what they do, and cash. */
enum Card {
    good("4242"),
    noFunds("1111"),
    expired("2222"),
    networkError("3333"),
    answerLost("4444"),
    slowBank("5555"),
    goodTheSecondTime("6666"),
    bankAsks("7777"),
    cash("");

    private final String digits;

    Card(String digits) {
        this.digits = digits;
    }

    /** The long form of the number, as people type it. */
    String number() {
        return digits.repeat(4);
    }

    static Card drawn(int percent) {
        if (percent < 38) {
            return good;
        } else if (percent < 48) {
            return noFunds;
        } else if (percent < 56) {
            return expired;
        } else if (percent < 66) {
            return networkError;
        } else if (percent < 78) {
            return answerLost;
        } else if (percent < 86) {
            return slowBank;
        }
        if (percent < 90) {
            return goodTheSecondTime;
        }
        return percent < 95 ? bankAsks : cash;
    }
}
