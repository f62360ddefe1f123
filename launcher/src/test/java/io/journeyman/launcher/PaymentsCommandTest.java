package io.journeyman.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** {@code ./journeyman payments} on a shop that is up. */
@Timeout(300)
@ExtendWith(RunningShop.Extension.class)
class PaymentsCommandTest {
    private final RunningShop shop;

    PaymentsCommandTest(RunningShop shop) {
        this.shop = shop;
    }

    private record Run(int status, String out, String err) {}

    @Test
    void listsAFailedPaymentAndHasItTriedAgain(@TempDir Path folder) throws Exception {
        var customer = shop.newcomer();
        var order = declined(customer, "6666");

        assertThat(payments("list", "--failure", "insufficient_funds", "--from", "today")
                        .out())
                .contains(order, "insufficient_funds", "waits");
        var dry = payments("replay", "--order", order, "--reason", "salary day", "--dry-run");
        assertThat(dry.out()).contains(order, "try again: 1").doesNotContain("runs");
        var unasked = payments("replay", "--order", order, "--reason", "salary day");
        assertThat(unasked.status()).isEqualTo(1);
        assertThat(unasked.err()).contains("--yes");
        var report = folder.resolve("report.csv");
        var done = payments("replay", "--order", order, "--reason", "salary day", "--yes", "--csv", report.toString());

        assertThat(done.err()).isEmpty();
        assertThat(done.out()).contains("replayed paid: 1");
        assertThat(Files.readAllLines(report))
                .hasSize(2)
                .last()
                .asString()
                .startsWith("1," + order + ",replayed_paid,");
        customer.awaits(
                "checkout-" + order, journey -> journey.path("status").asText().equals("completed"));
        shop.books().assertSoldOnce(order);
        assertThat(payments("list").out()).doesNotContain(order);
    }

    @Test
    void saysWhatWasDeclinedAgain() throws Exception {
        var order = declined(shop.newcomer(), "2222");

        var done = payments("replay", "--failure", "expired_card", "--reason", "all expired ones", "--yes");

        assertThat(done.out()).contains(order, "declined again: ");
        assertThat(payments("list").out()).contains(order);
    }

    @Test
    void comparesAllPaymentsWithTheGatewaysBooks(@TempDir Path folder) throws Exception {
        var customer = shop.newcomer();
        var order = ordered(customer, "4242").path("journeyId").asText();
        customer.awaits(
                "checkout-" + order, journey -> journey.path("status").asText().equals("completed"));
        var until = Instant.now().plusSeconds(60).toString();

        var same = payments("reconcile", "--from", "today", "--to", until);
        assertThat(same.out()).contains("compared, 0 differences");
        assertThat(same.status()).isZero();

        shop.books().execute("UPDATE payment.gateway_charge SET status = 'voided' WHERE key = '" + order + "/1'");
        var report = folder.resolve("differences.csv");
        var different = payments("reconcile", "--from", "today", "--to", until, "--csv", report.toString());
        shop.books().execute("UPDATE payment.gateway_charge SET status = 'captured' WHERE key = '" + order + "/1'");

        assertThat(different.err()).isEmpty();
        assertThat(different.out()).contains(order, "status differs", "gateway: cancelled", "compared, 1 differences");
        assertThat(different.status()).isEqualTo(3);
        assertThat(Files.readAllLines(report))
                .hasSize(2)
                .last()
                .asString()
                .startsWith("status_differs," + order + ",1,");
        assertThat(payments("reconcile").err()).contains("--from");
    }

    @Test
    void paysByACardWhoseBankAsksTheCustomerFirst() throws Exception {
        var customer = shop.newcomer();
        var workflow = ordered(customer, "7777").path("workflowId").asText();
        customer.awaits(workflow, journey -> journey.path("waitingFor").asText().equals("payment_confirmation"));

        var bank = customer.ledTo("/v1/journeys/" + workflow + "/payment-confirmation");
        assertThat(customer.submits(bank + "/approve")).contains("You have confirmed the payment");

        customer.awaits(workflow, journey -> journey.path("status").asText().equals("completed"));
    }

    @Test
    void saysWhatToDoWhenItCannotBeDone() {
        assertThat(payments("list", "--from", "yesterday").err()).contains("'yesterday' is no time");
        assertThat(payments("replay", "--order", "JM-1").err()).contains("--reason");
        assertThat(payments("replay", "--reason", "none").status()).isEqualTo(2);
        assertThat(payments().err()).contains("Say list, replay or reconcile");
        assertThat(payments("replay", "--order", "not an id", "--reason", "r", "--yes")
                        .err())
                .contains("An orderId has");
        var nobody =
                run(List.of("list"), Map.of("JOURNEYMAN_API", "http://127.0.0.1:1", "JOURNEYMAN_STAFF_TOKEN", "t"));
        assertThat(nobody.status()).isEqualTo(1);
        assertThat(nobody.err()).contains("does not answer", "JOURNEYMAN_API");
        var nowhere = run(List.of("list", "--data", "/no/such/folder"), Map.of());
        assertThat(nowhere.status()).isEqualTo(1);
        assertThat(nowhere.err())
                .startsWith("journeyman: nobody is known here as staff")
                .hasLineCount(1);
        var stranger =
                run(List.of("list"), Map.of("JOURNEYMAN_API", shop.page(), "JOURNEYMAN_STAFF_TOKEN", "no token"));
        assertThat(stranger.err()).contains("needs a session");
    }

    private static JsonNode ordered(Customer customer, String card) throws Exception {
        customer.says("Add the Indigo Block-Print Cotton Kurta in blue, size L to my cart");
        customer.says("checkout, send it to Meera Nair, 4 Park Street, Kolkata 700016");
        return customer.confirms(customer.openProposal(), customer.card(card));
    }

    private static String declined(Customer customer, String card) throws Exception {
        JsonNode order = ordered(customer, card);
        customer.awaits(
                order.path("workflowId").asText(),
                journey -> journey.path("waitingFor").asText().equals("payment_method"));
        return order.path("journeyId").asText();
    }

    private Run payments(String... words) {
        var all = new ArrayList<>(List.of(words));
        if (words.length > 0) {
            all.addAll(List.of(
                    "--data",
                    shop.data().toString(),
                    "--port-base",
                    String.valueOf(shop.ports().base())));
        }
        return run(all, Map.of());
    }

    private static Run run(List<String> words, Map<String, String> environment) {
        var out = new StringWriter();
        var err = new StringWriter();
        int status = PaymentsCommand.run(
                words,
                new PrintWriter(out),
                new PrintWriter(err),
                (data, base) -> StaffApi.of(data, base, environment));
        return new Run(status, out.toString(), err.toString());
    }
}
