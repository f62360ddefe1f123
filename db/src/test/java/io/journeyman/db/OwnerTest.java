package io.journeyman.db;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class OwnerTest {
    @Test
    void namesItsSchemaAndRoleInSnakeCase() {
        assertThat(new Owner("postPurchase").schema()).isEqualTo("post_purchase");
        assertThat(new Owner("payment").role()).isEqualTo("journeyman_payment");
    }

    @Test
    void refusesNamesThatCouldCarrySql() {
        assertThatThrownBy(() -> new Owner("a; DROP TABLE x")).isInstanceOf(IllegalArgumentException.class);
    }
}
