package io.journeyman.giftwrapping;

import static org.assertj.core.api.Assertions.assertThat;

import io.journeyman.contracts.Contract;
import io.journeyman.contracts.GiftWrapping.CheckGiftWrapping;
import io.journeyman.contracts.Json;
import io.journeyman.contracts.ProductId;
import io.journeyman.kit.AgentConfig;
import io.journeyman.kit.AgentService;
import io.journeyman.testing.ContractClient;
import io.journeyman.testing.ServiceTokens;
import org.junit.jupiter.api.Test;

class GiftWrappingAgentTest {
    @Test
    void answersAsTheSeedSays() {
        try (var service = AgentService.start(new GiftWrappingAgent(), AgentConfig.local("", ServiceTokens.SECRET))) {
            var client = new ContractClient(service.uri(), Contract.load("giftWrapping"));

            assertThat(client.post("/check-gift-wrapping", new CheckGiftWrapping(new ProductId("P-1001")))
                            .tree())
                    .isEqualTo(Json.tree("""
                            {"status": "success", "available": true,
                             "options": [{"type": "standard", "price": 50}, {"type": "premium", "price": 150}]}"""));
            assertThat(client.post("/check-gift-wrapping", "{}").status()).isEqualTo(400);
        }
    }
}
