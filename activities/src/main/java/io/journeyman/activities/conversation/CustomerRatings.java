package io.journeyman.activities.conversation;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.journeyman.activities.agent.AgentClient;
import io.journeyman.activities.agent.Answer;
import io.journeyman.contracts.PostPurchase.ProductRating;
import io.journeyman.contracts.PostPurchase.ProductRatings;
import io.journeyman.contracts.PostPurchase.RateProducts;
import io.journeyman.contracts.ProductId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Adds to what the catalogue recommends what those who bought it think of it, such as "4.6 of 5 (12)". PostPurchase is asked once, about
 * all of them; where it does not answer, nothing is said.
 */
final class CustomerRatings {
    /** What fewer think says more of them than of the product. */
    static final int FEWEST = 3;

    private static final int MOST = 50;

    private final Optional<AgentClient> postPurchase;

    CustomerRatings(Map<String, AgentClient> agents) {
        this.postPurchase = Optional.ofNullable(agents.get("postPurchase"));
    }

    void addTo(ObjectNode recommendations) {
        List<ObjectNode> products = new ArrayList<>();
        recommendations.path("products").forEach(product -> products.add((ObjectNode) product));
        if (products.isEmpty()) {
            return;
        }
        Map<ProductId, ProductRating> ratings = of(products.stream()
                .limit(MOST)
                .map(CustomerRatings::id)
                .distinct()
                .toList());
        for (ObjectNode product : products) {
            Optional.ofNullable(ratings.get(id(product)))
                    .filter(rating -> rating.count() >= FEWEST)
                    .ifPresent(rating -> product.put("rating", shown(rating)));
        }
    }

    private Map<ProductId, ProductRating> of(List<ProductId> products) {
        return postPurchase
                .map(agent ->
                        agent.ask("rateProducts", "/product-ratings", new RateProducts(products), ProductRatings.class))
                .flatMap(answer -> answer instanceof Answer.Done<ProductRatings>(ProductRatings told)
                        ? Optional.of(told.ratings())
                        : Optional.empty())
                .orElse(List.of())
                .stream()
                .collect(Collectors.toMap(ProductRating::productId, Function.identity()));
    }

    private static String shown(ProductRating rating) {
        return String.format(
                Locale.ROOT, "%d.%d of 5 (%d)", rating.meanTenths() / 10, rating.meanTenths() % 10, rating.count());
    }

    private static ProductId id(ObjectNode product) {
        return new ProductId(product.path("productId").asText());
    }
}
