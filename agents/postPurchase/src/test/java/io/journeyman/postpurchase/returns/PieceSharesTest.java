package io.journeyman.postpurchase.returns;

import static org.assertj.core.api.Assertions.assertThat;

import io.journeyman.contracts.Money;
import io.journeyman.contracts.PricedLine;
import io.journeyman.contracts.ProductId;
import io.journeyman.contracts.Sku;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PieceSharesTest {
    @Test
    void sharesADiscountOutToThePaisa() {
        var shares = new PieceShares(List.of(line(2, 333), line(1, 334)), Money.inr(1));

        assertThat(shares.of(0, 1)).isEqualTo(332);
        assertThat(shares.of(0, 2)).isEqualTo(333);
        assertThat(shares.of(1, 1)).isEqualTo(334);
        assertThat(shares.ofAll()).isEqualTo(999);
    }

    /** Orders at random: all pieces together cost what was paid for the goods, and none costs less than nothing or more than its price. */
    @Test
    void comesToExactlyWhatTheGoodsCost() {
        var random = new Random(1);
        for (int i = 0; i < 2_000; i++) {
            var lines = new ArrayList<PricedLine>();
            for (int n = random.nextInt(6); n >= 0; n--) {
                lines.add(line(
                        1 + random.nextInt(20), random.nextInt(3) == 0 ? random.nextInt(5) : random.nextInt(900_000)));
            }
            long goods = lines.stream().mapToLong(line -> line.amount().minor()).sum();
            long discount = random.nextLong(goods + 2);
            var shares = new PieceShares(lines, Money.inr(discount));

            long sum = 0;
            for (int position = 0; position < lines.size(); position++) {
                for (int piece = 1; piece <= lines.get(position).quantity(); piece++) {
                    long cost = shares.of(position, piece);
                    assertThat(cost)
                            .isBetween(0L, lines.get(position).unitPrice().minor() + 1);
                    sum += cost;
                }
            }
            assertThat(sum).isEqualTo(Math.max(0, goods - discount)).isEqualTo(shares.ofAll());
        }
    }

    private static PricedLine line(int quantity, long price) {
        return new PricedLine(new Sku("P-1"), new ProductId("P-1"), "Kurta", "M", "blue", quantity, Money.inr(price));
    }
}
