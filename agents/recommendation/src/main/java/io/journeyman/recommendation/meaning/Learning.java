package io.journeyman.recommendation.meaning;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Jdbi;

/**
 * Keeps the meanings up to date: takes over what was stored, and learns what is new, a batch a transaction. It can be stopped
 * anywhere and goes on from there; of several processes one learns at a time, and all of them take over what it learned.
 */
public final class Learning {
    /** What stands at the end of a longer description changes little, and costs time. */
    private static final int LONGEST_TEXT = 400;

    private static final int BATCH = 16;
    private static final int PAGE = 2_000;

    /** The agent's other sweeps want to run too. */
    private static final Duration AT_A_TIME = Duration.ofSeconds(5);

    private final Jdbi jdbi;
    private final MeaningIndex index;
    private final SentenceModel model;
    private long seen;

    public Learning(Jdbi jdbi, MeaningIndex index, SentenceModel model) {
        this.jdbi = jdbi;
        this.index = index;
        this.model = model;
    }

    /** Goes on for some seconds at most. One thread calls it. */
    public void goOn() {
        long end = System.nanoTime() + AT_A_TIME.toNanos();
        takeOver();
        boolean learned = false;
        while (learnBatch() > 0) {
            learned = true;
            takeOver();
            if (System.nanoTime() > end) {
                break;
            }
        }
        if (learned) {
            countTerms();
        }
    }

    private void takeOver() {
        List<Learned> page;
        do {
            long from = seen;
            page = jdbi.withExtension(MeaningTable.class, table -> table.since(from, PAGE));
            index.put(page);
            seen = page.isEmpty() ? seen : page.getLast().change();
        } while (page.size() == PAGE);
    }

    private void countTerms() {
        jdbi.useTransaction(handle -> {
            var table = handle.attach(MeaningTable.class);
            if (table.lock() && table.hasGrown()) {
                table.countTerms();
                table.termsAreCounted();
            }
        });
    }

    /** How many were learned: none also where another process learns, or the model is not loaded yet. */
    private int learnBatch() {
        return jdbi.inTransaction(handle -> {
            var table = handle.attach(MeaningTable.class);
            if (!table.lock()) {
                return 0;
            }
            int learned = 0;
            for (Unlearned product : table.toLearn(LONGEST_TEXT, BATCH)) {
                Optional<Meaning> meaning = model.meaning(product.text());
                if (meaning.isPresent()
                        && table.learn(
                                product.productId(),
                                product.content(),
                                meaning.get().bytes())) {
                    learned++;
                }
            }
            return learned;
        });
    }
}
