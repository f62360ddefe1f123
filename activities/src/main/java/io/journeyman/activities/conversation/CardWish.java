package io.journeyman.activities.conversation;

/**
 * What a customer said of a card that they had kept.
 *
 * @param brand as cards have it, such as American Express; empty where they did not say
 * @param last4 empty where they did not say
 */
record CardWish(String brand, String last4) {
    static final CardWish ANY = new CardWish("", "");

    boolean fits(String ofBrand, String endingIn) {
        return (brand.isEmpty() || brand.equalsIgnoreCase(ofBrand)) && (last4.isEmpty() || last4.equals(endingIn));
    }
}
