package io.journeyman.bench.chaos.audit;

/** The promises of the design (§7), by their numbers there. */
public enum Promise {
    charged_once(1, "charged at most once, exactly the confirmed total"),
    stock_adds_up(2, "stock never oversold, never leaking"),
    all_or_nothing(3, "a confirmed order has everything, an ended one nothing"),
    nothing_stuck(4, "every journey ends or waits for somebody with a deadline"),
    answered_once(5, "a turn is answered exactly once, a resent one the same"),
    kept_private(6, "no card number anywhere, nobody sees another's data"),
    goes_on(7, "one agent down, the rest of the conversation goes on"),
    told_the_truth(8, "the reply says what the tools returned");

    private final int number;
    private final String words;

    Promise(int number, String words) {
        this.number = number;
        this.words = words;
    }

    public int number() {
        return number;
    }

    public String words() {
        return words;
    }
}
