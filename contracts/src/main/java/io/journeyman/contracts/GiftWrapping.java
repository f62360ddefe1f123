package io.journeyman.contracts;

import java.util.List;

/** The records of {@code giftWrapping.json}, the seed's example of adding an agent. Its prices are the seed's plain rupees. */
public interface GiftWrapping {
    record CheckGiftWrapping(ProductId productId) {}

    record GiftWrappingOptions(String status, boolean available, List<Option> options) {}

    record Option(String type, long price) {}
}
