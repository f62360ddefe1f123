package io.journeyman.bench.chaos;

import io.journeyman.api.auth.Session;
import io.journeyman.bench.chaos.audit.Evidence;
import io.journeyman.contracts.CustomerId;
import io.journeyman.launcher.CannotStart;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/** All visits to one shop, beside the attacks on it; afterwards everything comes to rest and the evidence is gathered. */
final class Season {
    private static final int MOST_VISITS_OF_ONE = 3;

    /** Whom journeys wait for that need not long here: parcels travel in seconds, and stores are as quick. */
    private static final Set<String> QUICK = Set.of("carrier", "store");

    /** Store credit that one is given, in rupees. */
    private static final int MOST_CREDIT = 4_000;

    private final Shop shop;
    private final Attacks attacks;
    private final int visits;
    private final long seed;
    private final Semaphore room;
    private final AtomicInteger begun = new AtomicInteger();
    private final AtomicInteger visited = new AtomicInteger();
    private final List<CustomerRecord> customers = new CopyOnWriteArrayList<>();
    private final ConcurrentLinkedQueue<String> orders = new ConcurrentLinkedQueue<>();
    private final CardsTyped cards = new CardsTyped();
    private final Assortment assortment = new Assortment();
    private final List<Errand> errands;
    private final HeadOffice office;
    private final Calendar calendar;
    private final Steps steps = new Steps();
    private List<String> unsettled = List.of();

    /** @param errands one for each visit @param atATime most customers at a time */
    Season(Shop shop, Attacks attacks, List<Errand> errands, long seed, int atATime) {
        this.shop = shop;
        this.attacks = attacks;
        this.visits = errands.size();
        this.seed = seed;
        this.errands = errands;
        this.office = new HeadOffice(shop);
        this.calendar = new Calendar(shop.address());
        this.room = new Semaphore(atATime);
    }

    int visited() {
        return visited.get();
    }

    /** What customers did. */
    Steps steps() {
        return steps;
    }

    /** What had not come to rest in time. */
    List<String> unsettled() {
        return unsettled;
    }

    /** Returns when every customer has left and every attack is over. */
    void takePlace() throws InterruptedException {
        try {
            office.setRules();
        } catch (ShopClient.GaveUp unanswered) {
            throw new CannotStart("the shop's rules could not be set: " + unanswered.getMessage(), unanswered);
        }
        var attacking = Thread.startVirtualThread(() -> {
            try {
                attacks.carryOut(visits, visited);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        var chances = new SplittableRandom(seed);
        var coming = new ArrayList<Thread>();
        for (int next = 0, number = 0; next < visits; number++) {
            var chance = chances.split();
            int many = Math.min(1 + chance.nextInt(MOST_VISITS_OF_ONE), visits - next);
            int house = 1_000 + number;
            int first = next;
            next += many;
            coming.add(Thread.startVirtualThread(() -> visit(first, many, house, chance)));
        }
        for (var customer : coming) {
            customer.join();
        }
        attacking.join();
        attacks.requireShopIsUp();
    }

    /** @param first the number of their first visit among all */
    private void visit(int first, int times, int house, SplittableRandom chance) {
        var record = new CustomerRecord("cust-" + seed + "-" + house, house);
        customers.add(record);
        var customer = client(new Session.Customer(new CustomerId(record.customerId())), record);
        var staff = client(new Session.Staff("staff-store-" + house), record);
        for (int i = 1; i <= times; i++) {
            var talk = new Talk("v" + house + "-" + i, customer, record, chance);
            var visitor = new Visitor(talk, customer, staff, record, chance, cards, steps);
            var visit = new Visit(visitor, assortment, office, calendar);
            try {
                room.acquire();
                try {
                    while (!attacks.admits(begun.get(), visits)) {
                        Thread.sleep(100);
                    }
                    begun.incrementAndGet();
                    if (i == 1 && chance.nextInt(3) == 0) {
                        isGivenCredit(new Purse(visitor), chance);
                    }
                    visit.run(errands.get(first + i - 1), somebodyElsesOrder(record));
                } catch (ShopClient.GaveUp unanswered) {
                    record.complains(5, "nobody answered for minutes: " + unanswered.getMessage());
                } finally {
                    record.promised().values().stream()
                            .filter(promised -> promised.kind().equals("Checkout"))
                            .forEach(promised -> orders.offer(promised.journeyId()));
                    visited.incrementAndGet();
                    room.release();
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    /** Some have less than what they buy costs, some more. */
    private static void isGivenCredit(Purse purse, SplittableRandom chance)
            throws ShopClient.GaveUp, InterruptedException {
        purse.isGivenCredit(1 + chance.nextInt(MOST_CREDIT), Optional.empty());
        purse.isGivenCredit(1 + chance.nextInt(MOST_CREDIT), Optional.of(Duration.ofDays(1)));
    }

    private ShopClient client(Session session, CustomerRecord record) {
        return new ShopClient(shop.address(), shop.address().tokenOf(session), seen -> record.complains(5, seen));
    }

    private Optional<String> somebodyElsesOrder(CustomerRecord record) {
        return Optional.ofNullable(orders.peek())
                .filter(order -> !record.promised().containsKey(order));
    }

    /**
     * Waits until everything has come to rest, ends most of what still waits, and gathers the evidence.
     *
     * @param books an administrator's connection, which the evidence goes on using
     * @param folder of the shop
     */
    Evidence settle(Connection books, Path folder) throws SQLException, InterruptedException {
        try (var engine = new EngineView(shop.address().temporal())) {
            new Settling(engine, books, QUICK).await();
        }
        new Closing(shop.address(), books, seed).driveToAnEnd(customers);
        return atRest(books, folder);
    }

    /** Waits until everything has come to rest again, and gathers the evidence. */
    Evidence atRest(Connection books, Path folder) throws SQLException, InterruptedException {
        try (var engine = new EngineView(shop.address().temporal())) {
            unsettled = new Settling(engine, books, QUICK).await();
            return new Evidence(
                    books,
                    engine.workflows(),
                    List.copyOf(customers),
                    Stream.concat(attacks.outages().stream(), shop.troubles().stream())
                            .toList(),
                    folder,
                    cards.numbers());
        }
    }
}
