package io.journeyman.contracts;

/** An amount in minor units (paise, cents) of a currency (ISO 4217). Amounts of two currencies never mix. */
public record Money(long minor, String currency) {
    public Money {
        if (currency == null || !currency.matches("[A-Z]{3}")) {
            throw new IllegalArgumentException("currency must be an ISO 4217 code such as INR");
        }
    }

    public static Money inr(long paise) {
        return new Money(paise, "INR");
    }

    public Money plus(Money other) {
        return new Money(Math.addExact(minor, same(other).minor), currency);
    }

    public Money minus(Money other) {
        return new Money(Math.subtractExact(minor, same(other).minor), currency);
    }

    public Money times(int quantity) {
        return new Money(Math.multiplyExact(minor, (long) quantity), currency);
    }

    /** As the shop's customers read it: {@code ₹1,23,456.05}, or {@code ₹1,499} when it is a whole number. */
    public String shown() {
        return ShopCurrency.here().shown(this);
    }

    private Money same(Money other) {
        if (!other.currency.equals(currency)) {
            throw new IllegalArgumentException("cannot add " + other.currency + " to " + currency);
        }
        return other;
    }
}
