package io.journeyman.activities.tool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.journeyman.activities.model.ToolSpec;
import io.journeyman.activities.tool.ToolCatalogue.Checked;
import io.journeyman.contracts.Contract;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ToolCatalogueTest {
    private final ToolCatalogue tools = ToolCatalogue.of(Contract.AGENTS.stream()
            .map(Contract::find)
            .flatMap(Optional::stream)
            .toList());

    @Test
    void offersTheSeedsToolsAndTheCartsOwn() {
        assertThat(tools.specs())
                .extracting(ToolSpec::name)
                .contains(
                        "check_inventory",
                        "get_recommendations",
                        "initiate_checkout",
                        "reserve_in_store",
                        "get_applicable_offers",
                        "get_order_status",
                        "return_items",
                        "cancel_items",
                        "change_address",
                        "get_saved_cards",
                        "forget_cards",
                        "exchange_items",
                        "order_again",
                        "get_warranty",
                        "claim_warranty",
                        "get_store_credit",
                        "add_to_cart",
                        "remove_from_cart",
                        "show_cart");
    }

    @Test
    void showsTheModelNoFieldOfTheSessionAndNoReference() {
        assertThat(tools.specs())
                .extracting(ToolSpec::jsonSchema)
                .noneMatch(schema -> schema.contains("customerId") || schema.contains("$ref"));
    }

    @Test
    void whatWritesOrMovesMoneyProposesAndNothingElseDoes() {
        assertThat(tools.specs().stream()
                        .map(spec -> tools.named(spec.name()).orElseThrow())
                        .filter(Tool::proposes)
                        .map(tool -> tool.name() + " " + tool.journey().orElse("")))
                .containsExactlyInAnyOrder(
                        "initiate_checkout Checkout",
                        "reserve_in_store Reservation",
                        "return_items Return",
                        "claim_warranty Return",
                        "cancel_items Cancellation",
                        "change_address AddressChange",
                        "forget_cards CardRemoval",
                        "exchange_items Checkout");
    }

    @Test
    void namesTheActivityByTheOperation() {
        assertThat(tools.named("check_inventory").orElseThrow().operation()).isEqualTo("inventory.checkInventory");
    }

    @Test
    void acceptsWhatFitsAndDropsNullsAndTheSessionsFields() {
        Tool tool = tools.named("get_recommendations").orElseThrow();

        Checked checked = tools.check(tool, "{\"query\":\"kurta\",\"size\":null,\"customerId\":\"cust-other\"}");

        assertThat(checked)
                .isInstanceOfSatisfying(
                        Checked.Valid.class,
                        valid -> assertThat(valid.arguments().toString()).isEqualTo("{\"query\":\"kurta\"}"));
    }

    @Test
    void saysWhatIsWrongWithEverythingElse() {
        Tool tool = tools.named("check_inventory").orElseThrow();

        for (String wrong :
                List.of("{", "[]", "\"P-1\"", "{}", "{\"productId\":7}", "{\"productId\":\"P-1\",\"x\":1}", "null")) {
            assertThat(tools.check(tool, wrong))
                    .as(wrong)
                    .isInstanceOfSatisfying(
                            Checked.Invalid.class,
                            invalid -> assertThat(invalid.detail()).isNotBlank());
        }
        assertThat(tools.check(tool, "{\"productId\":\"" + "x".repeat(9_000) + "\"}"))
                .isInstanceOf(Checked.Invalid.class);
    }

    @Test
    void aToolThatWritesNeedsItsJourney() {
        Contract contract = Contract.parse("shady", """
                {"openapi": "3.1.0", "paths": {"/x": {"post": {"operationId": "doIt", "x-effect": "write",
                  "x-tool": {"name": "do_it", "when": "never"}, "responses": {}}}}}""");

        assertThatThrownBy(() -> ToolCatalogue.of(List.of(contract)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("x-journey");
    }

    @Test
    void noTwoToolsHaveOneName() {
        Contract contract = Contract.parse("copy", """
                {"openapi": "3.1.0", "paths": {"/x": {"post": {"operationId": "doIt", "x-effect": "read",
                  "x-tool": {"name": "show_cart", "when": "never"}, "responses": {}}}}}""");

        assertThatThrownBy(() -> ToolCatalogue.of(List.of(contract)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("show_cart");
    }
}
