package io.journeyman.giftwrapping;

import io.journeyman.kit.Agent;
import io.journeyman.kit.AgentEnvironment;

/** The seed's example of adding an agent: one question, no database. */
public final class GiftWrappingAgent implements Agent {
    @Override
    public String name() {
        return "giftWrapping";
    }

    @Override
    public int defaultPort() {
        return 5007;
    }

    @Override
    public boolean hasDatabase() {
        return false;
    }

    @Override
    public void register(AgentEnvironment environment) {
        environment.jersey(new GiftWrappingResource());
    }
}
