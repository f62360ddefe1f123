package io.journeyman.activities.conversation;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.journeyman.activities.agent.AgentClient;
import io.journeyman.contracts.PricedLine;
import io.journeyman.contracts.Recommendation.LookUpVariants;
import io.journeyman.contracts.Recommendation.PricedVariant;
import io.journeyman.contracts.Recommendation.PricedVariants;
import io.journeyman.contracts.Recommendation.Product;
import io.journeyman.contracts.Recommendation.Variant;
import io.journeyman.contracts.Sku;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Finds the one variant that a tool's arguments mean, with its price now, at the recommendation agent. */
final class Variants {
    private final Map<String, AgentClient> agents;

    Variants(Map<String, AgentClient> agents) {
        this.agents = agents;
    }

    /** Prices now; unknown skus are left out. */
    List<PricedVariant> prices(List<Sku> skus) {
        return ToolRefusal.said(agent().ask(
                                "lookUpVariants", "/variants/lookup", new LookUpVariants(skus), PricedVariants.class))
                .variants();
    }

    /** The variant of {@code sku}, or of {@code productId} with {@code size} and {@code color}; a refusal that lists the choices otherwise. */
    PricedLine one(ObjectNode arguments, int quantity) {
        if (arguments.hasNonNull("sku")) {
            return prices(List.of(new Sku(arguments.path("sku").asText()))).stream()
                    .findFirst()
                    .map(v ->
                            new PricedLine(v.sku(), v.productId(), v.name(), v.size(), v.color(), quantity, v.price()))
                    .orElseThrow(() -> ToolRefusal.of(
                            "unknown_variant",
                            "The shop has no such variant.",
                            "Find the product with get_recommendations."));
        }
        if (!arguments.hasNonNull("productId")) {
            throw ToolRefusal.of(
                    "which_product",
                    "Neither sku nor productId was given.",
                    "Ask the customer which product is meant.");
        }
        Product product = ToolRefusal.said(agent().get(
                        "getProduct",
                        "/products/"
                                + AgentClient.segment(
                                        arguments.path("productId").asText()),
                        Product.class));
        List<Variant> fitting = product.variants().stream()
                .filter(v -> same(arguments, "size", v.size()) && same(arguments, "color", v.color()))
                .toList();
        if (fitting.isEmpty()) {
            throw ToolRefusal.of(
                    "unknown_variant",
                    product.name() + " is not made like that. It comes as " + choices(product.variants()) + ".",
                    "Offer these, or look for alternatives with get_recommendations (likeProductId, purpose alternatives).");
        }
        if (fitting.size() > 1) {
            throw ToolRefusal.of(
                    "which_variant",
                    product.name() + " comes as " + choices(fitting) + ".",
                    "Ask the customer which size and colour.");
        }
        Variant variant = fitting.getFirst();
        return new PricedLine(
                variant.sku(),
                product.productId(),
                product.name(),
                variant.size(),
                variant.color(),
                quantity,
                variant.price());
    }

    /** Whether a line is one that the arguments mean: each given member agrees, and there is at least one. */
    static boolean fits(ObjectNode arguments, PricedLine line) {
        boolean named = arguments.hasNonNull("sku") || arguments.hasNonNull("productId");
        return named
                && same(arguments, "sku", line.sku().value())
                && same(arguments, "productId", line.productId().value())
                && same(arguments, "size", line.size())
                && same(arguments, "color", line.color());
    }

    private static boolean same(ObjectNode arguments, String member, String value) {
        return !arguments.hasNonNull(member)
                || arguments.path(member).asText().strip().equalsIgnoreCase(value);
    }

    private static String choices(List<Variant> variants) {
        return variants.stream()
                .limit(24)
                .map(v -> v.size() + " " + v.color() + " (" + v.sku() + ")")
                .collect(Collectors.joining(", "));
    }

    private AgentClient agent() {
        AgentClient agent = agents.get("recommendation");
        if (agent == null) {
            throw ToolRefusal.unavailable("recommendation");
        }
        return agent;
    }
}
