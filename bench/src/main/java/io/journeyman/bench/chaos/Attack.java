package io.journeyman.bench.chaos;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/**
 * One blow.
 *
 * @param down how long the part is left dead before it is started again, or stopped before it goes on
 */
record Attack(Outage.Kind kind, Part part, Duration down) {
    /** For so many kills one part is paused. */
    private static final int KILLS_TO_A_PAUSE = 4;

    private static final int LONGEST_DOWN_MS = 2_500;
    private static final int LONGEST_PAUSE_MS = 6_000;

    /** The servers are hit less often: the engine gives one up that ends more than five times in five minutes. */
    private static final List<Part> DRAWN = List.of(
            Part.worker,
            Part.worker,
            Part.worker,
            Part.api,
            Part.api,
            Part.postgres,
            Part.temporal,
            Part.fulfillment,
            Part.fulfillment,
            Part.recommendation,
            Part.recommendation,
            Part.inventory,
            Part.inventory,
            Part.postPurchase,
            Part.postPurchase,
            Part.payment,
            Part.payment,
            Part.payment,
            Part.loyalty,
            Part.loyalty);

    /** Every part has its turn before one is drawn again by its weight. */
    static List<Attack> plan(int kills, long seed) {
        var chance = new Random(seed);
        var each = new ArrayList<>(List.of(Part.values()));
        Collections.shuffle(each, chance);
        var plan = new ArrayList<Attack>();
        for (int i = 0; i < kills; i++) {
            if (i % KILLS_TO_A_PAUSE == KILLS_TO_A_PAUSE / 2) {
                plan.add(new Attack(Outage.Kind.paused, drawn(chance), millis(500 + chance.nextInt(LONGEST_PAUSE_MS))));
            }
            var victim = i < each.size() ? each.get(i) : drawn(chance);
            plan.add(new Attack(Outage.Kind.killed, victim, millis(chance.nextInt(LONGEST_DOWN_MS))));
        }
        return List.copyOf(plan);
    }

    private static Part drawn(Random chance) {
        return DRAWN.get(chance.nextInt(DRAWN.size()));
    }

    private static Duration millis(int many) {
        return Duration.ofMillis(many);
    }
}
