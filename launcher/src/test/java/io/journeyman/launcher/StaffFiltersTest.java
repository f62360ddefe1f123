package io.journeyman.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.journeyman.workflows.JourneyAttributes;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowOptions;
import io.temporal.common.SearchAttributes;
import io.temporal.serviceclient.WorkflowServiceStubs;
import io.temporal.serviceclient.WorkflowServiceStubsOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** The filters that README gives to staff, each executed on the real server over one journey of every kind that they ask for. */
@Timeout(180)
@ExtendWith(RunningShop.Extension.class)
class StaffFiltersTest {
    private static final Path README =
            Path.of(System.getProperty("journeyman.root")).resolve("README.md");
    private static final Pattern ROW = Pattern.compile("^\\| (.+\\?) \\| `(.+)` \\|$", Pattern.MULTILINE);
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final RunningShop shop;
    private final String stuck = "stuck-" + System.nanoTime();
    private final String lost = "lost-" + System.nanoTime();
    private WorkflowServiceStubs stubs;
    private WorkflowClient temporal;

    StaffFiltersTest(RunningShop shop) {
        this.shop = shop;
    }

    @BeforeEach
    void connect() {
        stubs = WorkflowServiceStubs.newServiceStubs(WorkflowServiceStubsOptions.newBuilder()
                .setTarget("127.0.0.1:" + shop.ports().temporal())
                .build());
        temporal = WorkflowClient.newInstance(stubs);
    }

    @AfterEach
    void disconnect() {
        temporal.newUntypedWorkflowStub(stuck).terminate("the test is over");
        temporal.newUntypedWorkflowStub(lost).terminate("the test is over");
        stubs.shutdownNow();
    }

    @Test
    void eachFindsTheJourneysThatItsQuestionMeans() throws Exception {
        var today = LocalDate.now(ZoneOffset.UTC).toString();
        var expired = waitingAfter("2222").path("workflowId").asText();
        var failed = waitingAfter("1111").path("workflowId").asText();
        var killed = failed.replace("checkout-", "payment-");
        temporal.newUntypedWorkflowStub(killed).terminate("so that its order fails");
        var sold = sold();
        var soldId = sold.path("workflowId").asText();
        var kept = kept();
        startStuck(stuck, "Checkout", "payment_gateway");
        startStuck(lost, "Delivery", "staff");
        var expected = new LinkedHashMap<String, Set<String>>();
        expected.put("Which checkouts failed on expired cards today?", Set.of(expired));
        expected.put("Who is asked for another card now?", Set.of(expired));
        expected.put("Which orders ended without being paid?", Set.of(failed));
        expected.put("Of which payments is it not known what became of them?", Set.of(failed));
        expected.put("Which payments of ₹1,000 and more fail?", Set.of(expired, failed));
        expected.put("What needs staff?", Set.of(stuck, lost));
        expected.put("What became of an order?", Set.of(soldId));
        expected.put("What has a customer ordered and reserved?", Set.of(expired));
        expected.put("Which parcels did not come as they should?", Set.of(lost));
        expected.put("What waits in the stores to be collected?", Set.of(kept));
        expected.put("What was sold over WhatsApp today?", Set.of(soldId));
        expected.put("Which journeys have been running since before today?", Set.of());
        expected.put("Which workflows did not end by themselves?", Set.of(killed));
        var ours = Set.of(expired, failed, killed, soldId, kept, stuck, lost);

        var filters = filters();

        assertThat(filters.keySet()).containsExactlyElementsOf(expected.keySet());
        for (var filter : filters.entrySet()) {
            var query = filter.getValue()
                    .replaceAll("\\d{4}-\\d\\d-\\d\\d(?=T)", today)
                    .replaceAll("JM-[A-Z0-9]+", sold.path("journeyId").asText())
                    .replace("cust-demo", customerOf(expired));
            assertFinds(filter.getKey(), query, ours, expected.get(filter.getKey()));
        }
    }

    private static Map<String, String> filters() throws IOException {
        var filters = new LinkedHashMap<String, String>();
        var rows = ROW.matcher(Files.readString(README));
        while (rows.find()) {
            filters.put(rows.group(1), rows.group(2));
        }
        return filters;
    }

    /** An order whose first card was declined and that waits for another. */
    private JsonNode waitingAfter(String card) throws Exception {
        var customer = shop.newcomer();
        customer.says("Add the Indigo Block-Print Cotton Kurta in blue, size L to my cart");
        customer.says("checkout, send it to Meera Nair, 4 Park Street, Kolkata 700016");
        var order = customer.confirms(customer.openProposal(), customer.card(card));
        customer.awaits(
                order.path("workflowId").asText(),
                journey -> journey.path("waitingFor").asText().equals("payment_method"));
        return order;
    }

    private JsonNode sold() throws Exception {
        var customer = shop.newcomer();
        customer.says("Add the Indigo Block-Print Cotton Kurta in blue, size L to my cart", "whatsapp");
        customer.says("checkout, send it to Meera Nair, 4 Park Street, Kolkata 700016", "whatsapp");
        var order = customer.confirms(customer.openProposal(), customer.card("4242"));
        customer.awaits(
                order.path("workflowId").asText(),
                journey -> journey.path("status").asText().equals("completed"));
        return order;
    }

    private String kept() throws Exception {
        var customer = shop.newcomer();
        customer.says(
                "Reserve the Indigo Block-Print Cotton Kurta in blue, size XL in the Indiranagar store in Bengaluru");
        var reservation =
                customer.confirms(customer.openProposal()).path("workflowId").asText();
        customer.awaits(
                reservation, journey -> journey.path("waitingFor").asText().equals("collection"));
        return reservation;
    }

    /** What only days of silence lead to: a journey that needs staff, as far as the list knows. */
    private void startStuck(String workflowId, String kind, String waitingFor) {
        temporal.newUntypedWorkflowStub(
                        kind,
                        WorkflowOptions.newBuilder()
                                .setWorkflowId(workflowId)
                                .setTaskQueue("nobody-works-here")
                                .setTypedSearchAttributes(SearchAttributes.newBuilder()
                                        .set(JourneyAttributes.JOURNEY_KIND, kind)
                                        .set(JourneyAttributes.JOURNEY_STATUS, "needs_staff")
                                        .set(JourneyAttributes.WAITING_FOR, waitingFor)
                                        .build())
                                .build())
                .start();
    }

    private String customerOf(String workflowId) {
        return temporal.newUntypedWorkflowStub(workflowId)
                .describe()
                .getTypedSearchAttributes()
                .get(JourneyAttributes.CUSTOMER_ID);
    }

    /** Visibility follows a moment after the workflow. Other tests' journeys may be found too. */
    private void assertFinds(String question, String query, Set<String> ours, Set<String> expected)
            throws InterruptedException {
        var deadline = Instant.now().plus(PATIENCE);
        var found = Set.<String>of();
        do {
            Thread.sleep(50);
            try (var executions = temporal.listExecutions(query)) {
                found = executions
                        .map(execution -> execution.getExecution().getWorkflowId())
                        .filter(ours::contains)
                        .collect(Collectors.toCollection(TreeSet::new));
            }
        } while (!found.equals(expected) && Instant.now().isBefore(deadline));
        assertThat(found).as("%s %s", question, query).isEqualTo(expected);
    }
}
