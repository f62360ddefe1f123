package io.journeyman.recommendation.imports;

import io.journeyman.contracts.Money;
import io.journeyman.contracts.Recommendation.ImportRefusal;
import io.journeyman.contracts.Recommendation.ImportVariant;
import java.util.Optional;

/** What a variant must keep to beyond its form: prices in the shop's currency, a sale that is one, a number that GS1 could have given. */
final class VariantRules {
    private VariantRules() {}

    /** The first rule that is broken. */
    static Optional<ImportRefusal> broken(ImportVariant variant, String currency) {
        return price(variant, currency).or(() -> sale(variant)).or(() -> gtin(variant));
    }

    static ImportRefusal refusal(ImportVariant variant, String field, String reason) {
        return new ImportRefusal(Optional.of(variant.sku()), field, reason);
    }

    private static Optional<ImportRefusal> price(ImportVariant variant, String currency) {
        Money price = variant.price();
        if (!price.currency().equals(currency)) {
            return Optional.of(refusal(
                    variant, "price", "is in " + price.currency() + ", and the shop's prices are in " + currency));
        }
        return price.minor() > 0 ? Optional.empty() : Optional.of(refusal(variant, "price", "must be more than 0"));
    }

    private static Optional<ImportRefusal> sale(ImportVariant variant) {
        if (variant.salePrice().isEmpty()) {
            return variant.saleFrom().isPresent() || variant.saleUntil().isPresent()
                    ? Optional.of(refusal(variant, "salePrice", "is missing, and there are dates of a sale"))
                    : Optional.empty();
        }
        Money sale = variant.salePrice().get();
        if (!sale.currency().equals(variant.price().currency())) {
            return Optional.of(refusal(variant, "salePrice", "is in another currency than the price"));
        }
        if (sale.minor() <= 0 || sale.minor() >= variant.price().minor()) {
            return Optional.of(refusal(variant, "salePrice", "must be more than 0 and less than the price"));
        }
        boolean endsBefore = variant.saleFrom()
                .flatMap(from -> variant.saleUntil().map(until -> !from.isBefore(until)))
                .orElse(false);
        return endsBefore
                ? Optional.of(refusal(variant, "saleUntil", "must be later than the sale's beginning"))
                : Optional.empty();
    }

    private static Optional<ImportRefusal> gtin(ImportVariant variant) {
        return variant.gtin()
                .filter(number -> !hasItsCheckDigit(number))
                .map(number -> refusal(variant, "gtin", "has a wrong check digit"));
    }

    /** GS1 General Specifications, 7.9: from the right, digits count three times and once in turn; the sum ends in 0. */
    private static boolean hasItsCheckDigit(String gtin) {
        int sum = 0;
        for (int i = 0; i < gtin.length(); i++) {
            int fromTheRight = gtin.length() - 1 - i;
            sum += (gtin.charAt(i) - '0') * (fromTheRight % 2 == 0 ? 1 : 3);
        }
        return sum % 10 == 0;
    }
}
