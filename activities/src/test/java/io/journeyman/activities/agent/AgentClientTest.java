package io.journeyman.activities.agent;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.journeyman.activities.model.ScriptedProvider;
import io.journeyman.contracts.Contract;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class AgentClientTest {
    @Test
    @Timeout(60)
    void anAgentThatStartsToAnswerAndNeverEndsIsLeftInTime() throws InterruptedException {
        try (ScriptedProvider slow = new ScriptedProvider()) {
            slow.drips();
            AgentClient client = new AgentClient(
                    Contract.load("inventory"),
                    URI.create(slow.url()),
                    new ServiceTokens(ScriptedAgents.SECRET, "worker", InstantSource.system()),
                    Duration.ofSeconds(1));

            Answer<JsonNode> answer = client.ask("checkInventory", "/inventory/check", Map.of(), JsonNode.class);

            assertThat(answer)
                    .isEqualTo(new Answer.Unavailable<>("inventory.checkInventory", "agent_timeout", Optional.empty()));
            assertThat(slow.abandoned().await(20, TimeUnit.SECONDS)).isTrue();
        }
    }
}
