package io.journeyman.inventory.hold;

import static org.assertj.core.api.Assertions.assertThat;

import io.journeyman.contracts.HoldId;
import io.journeyman.contracts.Inventory.GiveBack;
import io.journeyman.contracts.Inventory.Hold;
import io.journeyman.contracts.Inventory.HoldStatus;
import io.journeyman.contracts.Inventory.RenewHold;
import io.journeyman.contracts.Inventory.StockLine;
import io.journeyman.contracts.Inventory.Waiting;
import io.journeyman.contracts.Line;
import io.journeyman.contracts.Sku;
import io.journeyman.inventory.TestShop;
import io.journeyman.inventory.TestShop.Stock;
import io.journeyman.testing.ContractClient.Answer;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class HoldRaceTest {
    private static final LocalDate SOON = LocalDate.parse("2026-12-01");
    private static final LocalDate LATER = LocalDate.parse("2026-12-15");

    private static TestShop shop;

    @BeforeAll
    static void open() {
        shop = new TestShop();
    }

    @AfterAll
    static void close() {
        shop.close();
    }

    @AfterEach
    void theLedgerAddsUp() {
        assertThat(shop.brokenRows()).isEmpty();
    }

    @Test
    void sellsTheLast50UnitsToExactly50Of200BuyersAtOnce() throws Exception {
        Sku sku = shop.variant(30, 15, 5);

        List<Answer> answers = allAtOnce(buyers("spread", sku));

        assertThat50Of200Have(answers);
        assertThat(shop.stock(sku, TestShop.WAREHOUSE)).isEqualTo(new Stock(30, 30));
        assertThat(shop.stock(sku, TestShop.FIRST_STORE)).isEqualTo(new Stock(15, 15));
        assertThat(shop.stock(sku, TestShop.SECOND_STORE)).isEqualTo(new Stock(5, 5));
    }

    @Test
    void sellsTheLast50UnitsOfOnePlaceToExactly50Of200BuyersAtOnce() throws Exception {
        Sku sku = shop.variant(50, 0, 0);

        List<Answer> answers = allAtOnce(buyers("hot", sku));

        assertThat50Of200Have(answers);
        assertThat(shop.stock(sku, TestShop.WAREHOUSE)).isEqualTo(new Stock(50, 50));
        assertThat(shop.ledger().addsUp()).isTrue();
    }

    @Test
    void promisesTheLast50AnnouncedPiecesToExactly50Of200BuyersAtOnce() throws Exception {
        Sku sku = shop.variant(0, 0, 0);
        shop.announce("PO-HOT", SOON, sku, 80, 50);

        List<Answer> answers = allAtOnce(IntStream.range(0, 200)
                .<Callable<Answer>>mapToObj(i -> () ->
                        shop.client().post("/holds", shop.ahead(new HoldId("ahead-" + i), SOON, new Line(sku, 1))))
                .toList());

        assertThat50Of200Have(answers);
        assertThat(waiting("PO-HOT").pieces()).isEqualTo(50);
        assertThat(shop.ledger().addsUp()).isTrue();
    }

    @Test
    void whatIsThereAndWhatIsToComeTogetherAreSoldOnce() throws Exception {
        Sku sku = shop.variant(20, 10, 0);
        shop.announce("PO-BOTH", SOON, sku, 20, 20);
        List<Callable<Answer>> tasks = new ArrayList<>(IntStream.range(0, 100)
                .<Callable<Answer>>mapToObj(i ->
                        () -> shop.client().post("/holds", shop.ahead(new HoldId("both-" + i), SOON, new Line(sku, 1))))
                .toList());
        tasks.add(50, () -> shop.client().post("/receipts", shop.receipt("PO-BOTH", sku, 20)));

        List<Answer> answers = allAtOnce(tasks);

        assertThat(answers).filteredOn(answer -> answer.status() == 201).hasSize(50 + 1);
        assertThat(shop.stock(sku, TestShop.WAREHOUSE)).isEqualTo(new Stock(40, 40));
        assertThat(waiting("PO-BOTH").pieces()).isZero();
    }

    @Test
    void anyMixtureOfPromisesAndDeliveriesKeepsThePromises() throws Exception {
        var random = new Random(7);
        List<Sku> skus =
                IntStream.range(0, 3).mapToObj(i -> shop.variant(2, 1, 0)).toList();
        List<Callable<Answer>> tasks = new ArrayList<>();
        for (int i = 0; i < 700; i++) {
            HoldId id = new HoldId("wait-" + random.nextInt(60));
            Sku sku = skus.get(random.nextInt(3));
            Line[] lines = {new Line(sku, 1 + random.nextInt(3)), new Line(skus.get(random.nextInt(3)), 1)};
            String delivery = "PO-MIX-" + random.nextInt(4);
            int units = 1 + random.nextInt(30);
            int minutes = random.nextInt(20);
            int what = random.nextInt(16);
            tasks.add(() -> switch (what) {
                case 0, 1, 2, 3, 4, 5 -> shop.client().post("/holds", shop.ahead(id, LATER, lines));
                case 6, 7 -> shop.client().post("/holds/" + id + "/allocate");
                case 8 -> shop.client().post("/holds/" + id + "/release");
                case 9 ->
                    shop.client()
                            .post(
                                    "/holds/" + id + "/renew",
                                    new RenewHold(shop.now().plus(Duration.ofHours(2))));
                case 10 ->
                    shop.client()
                            .post(
                                    "/holds/" + id + "/give-back",
                                    new GiveBack(shop.newBooking(), List.of(new StockLine(sku, 1))));
                case 11, 12 -> shop.client().post("/receipts", shop.receipt(delivery, sku, 1 + units / 10));
                case 13 -> {
                    shop.announce(delivery, SOON.plusDays(units % 10), sku, units, units);
                    yield shop.client().get("/stores");
                }
                case 14 ->
                    units > 27
                            ? shop.client().post("/deliveries/" + delivery + "-" + units + "/cancel")
                            : announced(delivery + "-" + units, sku, units);
                default -> {
                    shop.pass(Duration.ofMinutes(minutes));
                    shop.sweep();
                    yield shop.client().get("/stores");
                }
            });
        }

        List<Answer> answers = atOnce(tasks);

        assertThat(answers).extracting(Answer::status).containsOnly(200, 201, 404, 409);
        assertThat(answers)
                .filteredOn(answer -> answer.status() == 409)
                .extracting(answer -> answer.problem().code())
                .isSubsetOf("out_of_stock", "hold_gone", "hold_differs", "too_many", "delivery_cancelled");
        assertThat(kinds())
                .as("the mixture promised, served and gave up")
                .contains("promised", "arrived", "given_back");
        assertThat(shop.ledger().addsUp()).isTrue();
    }

    private static Answer announced(String delivery, Sku sku, int units) {
        shop.announce(delivery, LATER, sku, units, units / 2);
        return units % 2 == 0
                ? shop.client().post("/deliveries/" + delivery + "/cancel")
                : shop.client().get("/deliveries/" + delivery + "/waiting");
    }

    private static List<String> kinds() {
        return shop.jdbi()
                .withHandle(handle -> handle.createQuery("SELECT DISTINCT kind FROM incoming")
                        .mapTo(String.class)
                        .list());
    }

    private static Waiting waiting(String delivery) {
        return shop.client().get("/deliveries/" + delivery + "/waiting").as(Waiting.class);
    }

    private static List<Callable<Answer>> buyers(String name, Sku sku) {
        return IntStream.range(0, 200)
                .<Callable<Answer>>mapToObj(i ->
                        () -> shop.client().post("/holds", shop.hold(new HoldId(name + "-" + i), new Line(sku, 1))))
                .toList();
    }

    private static void assertThat50Of200Have(List<Answer> answers) {
        assertThat(answers).filteredOn(answer -> answer.status() == 201).hasSize(50);
        assertThat(answers)
                .filteredOn(answer -> answer.status() != 201)
                .hasSize(150)
                .allSatisfy(answer -> assertThat(answer.problem().code()).isEqualTo("out_of_stock"));
    }

    @Test
    void buyersOfTheSameThingsInAnyOrderNeverWaitForEachOtherInACircle() throws Exception {
        List<Sku> skus =
                IntStream.range(0, 6).mapToObj(i -> shop.variant(40, 20, 0)).toList();

        List<Answer> answers = atOnce(IntStream.range(0, 80)
                .<Callable<Answer>>mapToObj(i -> () -> {
                    var mixed = new ArrayList<>(skus);
                    Collections.shuffle(mixed, new Random(i));
                    Line[] lines = mixed.stream().map(sku -> new Line(sku, 1)).toArray(Line[]::new);
                    return shop.client().post("/holds", shop.hold(new HoldId("circle-" + i), lines));
                })
                .toList());

        assertThat(answers).extracting(Answer::status).containsOnly(201, 409);
        assertThat(answers).filteredOn(answer -> answer.status() == 201).hasSize(60);
    }

    @Test
    void expiryAndAllocationNeverBothHappen() throws Exception {
        List<HoldId> ids = new ArrayList<>();
        Sku sku = shop.variant(40, 0, 0);
        for (int i = 0; i < 40; i++) {
            HoldId id = new HoldId("race-" + i);
            shop.client().post("/holds", shop.hold(id, new Line(sku, 1))).as(Hold.class);
            ids.add(id);
        }
        shop.pass(Duration.ofHours(1));
        List<Callable<Answer>> tasks = new ArrayList<>();
        ids.forEach(id -> tasks.add(() -> shop.client().post("/holds/" + id + "/allocate")));
        tasks.add(20, () -> {
            shop.sweep();
            return shop.client().get("/stores");
        });
        tasks.add(0, () -> {
            shop.sweep();
            return shop.client().get("/stores");
        });

        atOnce(tasks);
        shop.sweep();

        long sold =
                ids.stream().filter(id -> status(id) == HoldStatus.allocated).count();
        long expired =
                ids.stream().filter(id -> status(id) == HoldStatus.expired).count();
        assertThat(sold + expired).isEqualTo(40);
        assertThat(shop.stock(sku, TestShop.WAREHOUSE)).isEqualTo(new Stock((int) (40 - sold), 0));
    }

    @Test
    void aHoldAndItsReleaseAtTheSameMomentEndWithNothingHeld() throws Exception {
        Sku sku = shop.variant(40, 0, 0);
        List<Callable<Answer>> tasks = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            HoldId id = new HoldId("late-" + i);
            tasks.add(() -> shop.client().post("/holds", shop.hold(id, new Line(sku, 1))));
            tasks.add(() -> shop.client().post("/holds/" + id + "/release"));
        }

        List<Answer> answers = atOnce(tasks);

        assertThat(answers).extracting(Answer::status).containsOnly(200, 201);
        assertThat(shop.stock(sku, TestShop.WAREHOUSE)).isEqualTo(new Stock(40, 0));
    }

    @Test
    void anyMixtureOfEverythingKeepsThePromises() throws Exception {
        var random = new Random(4);
        List<Sku> skus =
                IntStream.range(0, 4).mapToObj(i -> shop.variant(6, 3, 2)).toList();
        List<Callable<Answer>> tasks = new ArrayList<>();
        for (int i = 0; i < 600; i++) {
            HoldId id = new HoldId("mix-" + random.nextInt(40));
            Line line = new Line(skus.get(random.nextInt(4)), 1 + random.nextInt(3));
            int what = random.nextInt(10);
            int minutes = random.nextInt(30);
            tasks.add(() -> switch (what) {
                case 0, 1, 2, 3, 4 -> shop.client().post("/holds", shop.hold(id, line));
                case 5, 6 -> shop.client().post("/holds/" + id + "/allocate");
                case 7 -> shop.client().post("/holds/" + id + "/release");
                case 8 ->
                    shop.client()
                            .post(
                                    "/holds/" + id + "/renew",
                                    new RenewHold(shop.now().plus(Duration.ofHours(2))));
                default -> {
                    shop.pass(Duration.ofMinutes(minutes));
                    shop.sweep();
                    yield shop.client().get("/stores");
                }
            });
        }

        List<Answer> answers = atOnce(tasks);

        assertThat(answers).extracting(Answer::status).containsOnly(200, 201, 409);
        assertThat(answers)
                .filteredOn(answer -> answer.status() == 409)
                .extracting(answer -> answer.problem().code())
                .isSubsetOf("out_of_stock", "hold_gone", "hold_differs");
        long held = shop.jdbi()
                .withHandle(handle -> handle.createQuery("SELECT count(*) FROM movement WHERE kind = 'held'")
                        .mapTo(Long.class)
                        .one());
        assertThat(held).as("the mixture held something").isPositive();
    }

    private static HoldStatus status(HoldId id) {
        return shop.client().get("/holds/" + id).as(Hold.class).status();
    }

    /** Runs everything at once, as many in flight as the agent takes. */
    private static List<Answer> atOnce(List<Callable<Answer>> tasks) throws InterruptedException, ExecutionException {
        return run(tasks, 64);
    }

    /** Nobody waits for anybody: all of them are in flight together. */
    private static List<Answer> allAtOnce(List<Callable<Answer>> tasks)
            throws InterruptedException, ExecutionException {
        return run(tasks, tasks.size());
    }

    private static List<Answer> run(List<Callable<Answer>> tasks, int most)
            throws InterruptedException, ExecutionException {
        var atOnce = new Semaphore(most);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Answer>> futures = new ArrayList<>();
            for (Callable<Answer> task : tasks) {
                atOnce.acquire();
                futures.add(threads.submit(() -> {
                    try {
                        return task.call();
                    } finally {
                        atOnce.release();
                    }
                }));
            }
            List<Answer> answers = new ArrayList<>();
            for (Future<Answer> future : futures) {
                answers.add(future.get());
            }
            return answers;
        }
    }
}
