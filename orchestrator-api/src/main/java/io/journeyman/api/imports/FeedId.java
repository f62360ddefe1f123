package io.journeyman.api.imports;

/** An id of a file in the letters that the house's ids have: whatever else there is becomes a dash, {@code TEE 1/RED} is TEE-1-RED. */
final class FeedId {
    private FeedId() {}

    static String of(String text) {
        return text.strip().replaceAll("[^A-Za-z0-9._:-]+", "-");
    }
}
