package io.journeyman.db;

/**
 * Who owns a schema: an agent ({@code postPurchase}) or the conversation. Its migrations are in {@code
 * db/migrations/<name>}, its schema is {@code post_purchase}, its role {@code journeyman_post_purchase}.
 */
public record Owner(String name) {
    public Owner {
        if (name == null || !name.matches("[a-z][A-Za-z0-9]{0,39}")) {
            throw new IllegalArgumentException("an owner's name is in camelCase, up to 40 letters and digits");
        }
    }

    public String schema() {
        return name.replaceAll("([A-Z])", "_$1").toLowerCase(java.util.Locale.ROOT);
    }

    public String role() {
        return "journeyman_" + schema();
    }
}
