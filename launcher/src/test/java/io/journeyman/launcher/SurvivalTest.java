package io.journeyman.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.journeyman.kit.AgentService;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Each part of a shop is killed (SIGKILL, so that nothing of it can tidy up) in the middle of a checkout and started again: the
 * order ends confirmed, with one charge, and the stock adds up. Worker, API and the payment agent are processes of their own
 * here, as in production; Postgres and Temporal are watched as {@code up} watches them.
 */
@Timeout(600)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SurvivalTest {
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    enum Victim {
        worker,
        api,
        payment,
        temporal,
        postgres
    }

    private final Ports ports = Ports.findFree();
    private final List<AutoCloseable> parts = new ArrayList<>();
    private final Map<Victim, PartProcess> processes = new HashMap<>();
    private Path folder;
    private Path data;
    private Books books;

    @BeforeAll
    void start() throws Exception {
        folder = Files.createTempDirectory("journeyman-survival-");
        data = folder.resolve("data");
        var options = Options.parse(
                List.of("up", "--data", data.toString(), "--port-base", Integer.toString(ports.base())), Map.of());
        options.data().take();
        parts.add(options.data());
        var engine = Engine.start(options);
        parts.add(engine);
        engine.watch(sentence -> {
            throw sentence;
        });
        books = new Books(engine.databaseUrl());
        var variables = Shop.over(engine, options, Map.of()).variables();
        var agents = new Agents();
        for (var name : List.of("fulfillment", "recommendation", "inventory", "postPurchase", "loyalty")) {
            AgentService agent = Agents.start(agents.named(name), variables);
            parts.add(agent);
        }
        for (var victim : List.of(Victim.payment, Victim.worker, Victim.api)) {
            startProcess(victim);
        }
    }

    @AfterAll
    void stop() throws Exception {
        for (var process : processes.values()) {
            process.close();
        }
        for (var part : parts.reversed()) {
            part.close();
        }
        RunningShop.delete(folder);
    }

    @ParameterizedTest
    @EnumSource
    void confirmsEveryOrderOnceThoughAPartIsKilledInTheMiddle(Victim victim) throws Exception {
        var waiting = Customer.newcomer(ports, data);
        var waitingOrder = waiting.confirms(proposal(waiting));
        waiting.awaits(
                workflowId(waitingOrder),
                journey -> journey.path("waitingFor").asText().equals("payment_method"));
        var moving = Customer.newcomer(ports, data);
        var proposal = proposal(moving);
        var card = moving.card("4242");

        var confirmed = CompletableFuture.supplyAsync(() -> unchecked(() -> moving.confirms(proposal, card)));
        awaitMiddleOf(proposal.path("journeyId").asText());
        kill(victim);
        startAgain(victim);

        var movingOrder = confirmed.join();
        moving.awaits(workflowId(movingOrder), SurvivalTest::completed);
        waiting.pays(workflowId(waitingOrder), waiting.card("4242"));
        waiting.awaits(workflowId(waitingOrder), SurvivalTest::completed);
        books.assertSoldOnce(movingOrder.path("journeyId").asText());
        books.assertSoldOnce(waitingOrder.path("journeyId").asText());
        books.assertNothingHeld();
    }

    @Test
    void anOrderGoesOnByItselfWhenAnAgentThatWasGivenUpIsBack() throws Exception {
        var customer = Customer.newcomer(ports, data);
        var proposal = proposal(customer);
        var card = customer.card("4242");

        kill(Victim.payment);
        var order = customer.confirms(proposal, card);
        awaitWorkerSaying("payment does not answer");
        startAgain(Victim.payment);

        customer.awaits(workflowId(order), SurvivalTest::completed);
        books.assertSoldOnce(order.path("journeyId").asText());
        books.assertNothingHeld();
    }

    private void awaitWorkerSaying(String sentence) throws Exception {
        var deadline = Instant.now().plus(PATIENCE);
        while (!processes.get(Victim.worker).said().contains(sentence)) {
            assertThat(Instant.now()).as("the worker never said: %s", sentence).isBefore(deadline);
            Thread.sleep(100);
        }
    }

    /** Chats until a proposal for an order lies on the table. */
    private static JsonNode proposal(Customer customer) throws Exception {
        customer.says("Add the Indigo Block-Print Cotton Kurta in blue, size L to my cart");
        customer.says("checkout, send it to Meera Nair, 4 Park Street, Kolkata 700016");
        var proposal = customer.openProposal();
        assertThat(proposal.path("kind").asText()).as("proposal: %s", proposal).isEqualTo("Checkout");
        return proposal;
    }

    private void awaitMiddleOf(String orderId) throws Exception {
        var deadline = Instant.now().plus(PATIENCE);
        while (!books.inTheMiddle(orderId)) {
            assertThat(Instant.now())
                    .as("order %s never was in the middle", orderId)
                    .isBefore(deadline);
        }
    }

    private void kill(Victim victim) throws Exception {
        switch (victim) {
            case worker, api, payment -> processes.get(victim).kill();
            case temporal, postgres -> {
                var pid = Files.readString(data.resolve(victim + ".pid")).replaceAll(" .*", "");
                ProcessHandle.of(Long.parseLong(pid)).orElseThrow().destroyForcibly();
            }
        }
    }

    private void startAgain(Victim victim) throws Exception {
        switch (victim) {
            case worker, api, payment -> startProcess(victim);
            case temporal, postgres -> {} // watched, as under `up`
        }
    }

    private void startProcess(Victim victim) throws Exception {
        var words = victim == Victim.payment ? new String[] {"agent", "payment"} : new String[] {victim.name()};
        processes.put(victim, PartProcess.start(data, ports, words));
    }

    private static boolean completed(JsonNode journey) {
        return journey.path("status").asText().equals("completed");
    }

    private static String workflowId(JsonNode confirmation) {
        return confirmation.path("workflowId").asText();
    }

    private interface Call<T> {
        T run() throws Exception;
    }

    private static <T> T unchecked(Call<T> call) {
        try {
            return call.run();
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
