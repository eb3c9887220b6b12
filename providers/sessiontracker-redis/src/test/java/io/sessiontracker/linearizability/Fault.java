package io.sessiontracker.linearizability;

import io.sessiontracker.testing.FaultProxy;

/** What happens between the clients and one server, again and again while they call. */
enum Fault {
    NONE {
        @Override
        void inject(FaultScene scene) {
            scene.pause(50);
        }
    },
    DELAY {
        @Override
        void inject(FaultScene scene) {
            scene.atSome(proxy -> proxy.delay(scene.upTo(30)), 200, FaultProxy::restore);
        }
    },
    RESET {
        @Override
        void inject(FaultScene scene) {
            scene.atSome(FaultProxy::cut, 0, proxy -> {});
        }
    },
    /** After which the driver sends again what was not answered. */
    HANG_UP {
        @Override
        void inject(FaultScene scene) {
            scene.atSome(FaultProxy::hangUp, 0, proxy -> {});
        }
    },
    REFUSED_CONNECTIONS {
        @Override
        void inject(FaultScene scene) {
            scene.atSome(FaultProxy::refuse, 100, FaultProxy::restore);
        }
    },
    /** The server executes what it was sent, and the reply is lost. */
    LOST_REPLIES {
        @Override
        void inject(FaultScene scene) {
            scene.atSome(FaultProxy::holdReplies, 30, scene::endAndRestore);
        }
    },
    LOST_REQUESTS {
        @Override
        void inject(FaultScene scene) {
            scene.atSome(FaultProxy::holdRequests, 30, scene::endAndRestore);
        }
    },
    /** Longer than callers wait, and then everything arrives after all. */
    LATE_REQUESTS {
        @Override
        void inject(FaultScene scene) {
            scene.atSome(FaultProxy::holdRequests, FaultScene.LONG, FaultProxy::restore);
        }
    },
    BLACK_HOLE {
        @Override
        void inject(FaultScene scene) {
            scene.atSome(FaultProxy::blackHole, FaultScene.LONG, scene::heal);
        }
    },
    HALF_OPEN {
        @Override
        void inject(FaultScene scene) {
            scene.atSome(FaultProxy::strand, FaultScene.LONG, FaultProxy::cut);
        }
    },
    FROZEN_SERVER {
        @Override
        void inject(FaultScene scene) {
            scene.server.freeze();
            scene.pause(FaultScene.LONG);
            scene.server.thaw();
        }
    },
    /** With {@code appendfsync always}, so that what was acknowledged is there again. */
    KILLED_SERVER {
        @Override
        void inject(FaultScene scene) {
            scene.pause(200);
            scene.server.stop();
            scene.pause(50);
            scene.server.start();
        }
    },
    FROZEN_CLIENT {
        @Override
        void inject(FaultScene scene) {
            ClientProcess victim = scene.clients.get(scene.random.nextInt(scene.clients.size()));
            victim.freeze();
            scene.pause(FaultScene.LONG);
            victim.thaw();
        }
    };

    /** Once; what it did is undone afterwards. */
    abstract void inject(FaultScene scene);
}
