package io.journeyman.bench.chaos;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

/** What a customer comes for. They may change their mind on the way. */
enum Errand {
    /** Whatever suits them, paid in whatever way; some of it is cancelled, sent back or exchanged afterwards. */
    buys(46),
    reserves(8),
    has_reservation_delivered(6),
    declines(3),
    leaves(3),
    gives_up_unpaid(3),
    orders_ahead(5),
    cancels_part(3),
    moves(2),
    collects(4),
    does_not_collect(3),
    exchanges_with_credit(3),
    sends_in_vain(2),
    claims_warranty(4),
    claims_the_last_one(2),
    reviews(4),
    has_card_forgotten(3),
    lets_credit_expire(3),
    pays_with_two(2);

    private final int weight;

    Errand(int weight) {
        this.weight = weight;
    }

    /** For so many visits: every errand has its turn before one is drawn again by its weight. */
    static List<Errand> plan(int visits, long seed) {
        var chance = new Random(seed);
        var each = new ArrayList<>(List.of(values()));
        Collections.shuffle(each, chance);
        var drawn = Stream.of(values())
                .flatMap(errand -> Collections.nCopies(errand.weight, errand).stream())
                .toList();
        return Stream.concat(each.stream(), Stream.generate(() -> drawn.get(chance.nextInt(drawn.size()))))
                .limit(visits)
                .toList();
    }
}
