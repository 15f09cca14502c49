-- CreateTable
CREATE TABLE "Cluster" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "name" TEXT NOT NULL,
    "revision" INTEGER NOT NULL DEFAULT 0,
    "epoch" INTEGER NOT NULL DEFAULT 0,
    "appliedRevision" INTEGER,
    "appliedAt" DATETIME,
    "appliedBy" TEXT,
    "rolloutId" TEXT,
    "createdAt" DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP
);

-- CreateTable
CREATE TABLE "Network" (
    "clusterId" TEXT NOT NULL,
    "id" TEXT NOT NULL,
    "order" INTEGER NOT NULL,
    "name" TEXT NOT NULL,

    PRIMARY KEY ("clusterId", "id"),
    CONSTRAINT "Network_clusterId_fkey" FOREIGN KEY ("clusterId") REFERENCES "Cluster" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "NetworkCidr" (
    "clusterId" TEXT NOT NULL,
    "networkId" TEXT NOT NULL,
    "order" INTEGER NOT NULL,
    "family" TEXT NOT NULL,
    "text" TEXT NOT NULL,
    "prefix" INTEGER NOT NULL,

    PRIMARY KEY ("clusterId", "networkId", "order"),
    CONSTRAINT "NetworkCidr_clusterId_fkey" FOREIGN KEY ("clusterId") REFERENCES "Cluster" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "Node" (
    "clusterId" TEXT NOT NULL,
    "id" TEXT NOT NULL,
    "order" INTEGER NOT NULL,
    "name" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "agentHost" TEXT,
    "agentPort" INTEGER,
    "gatewayFamily" TEXT,
    "gatewayText" TEXT,
    "position" TEXT,

    PRIMARY KEY ("clusterId", "id"),
    CONSTRAINT "Node_clusterId_fkey" FOREIGN KEY ("clusterId") REFERENCES "Cluster" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "Interface" (
    "clusterId" TEXT NOT NULL,
    "nodeId" TEXT NOT NULL,
    "id" TEXT NOT NULL,
    "order" INTEGER NOT NULL,
    "name" TEXT NOT NULL,
    "networkId" TEXT NOT NULL,

    PRIMARY KEY ("clusterId", "nodeId", "id"),
    CONSTRAINT "Interface_clusterId_fkey" FOREIGN KEY ("clusterId") REFERENCES "Cluster" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "Address" (
    "clusterId" TEXT NOT NULL,
    "nodeId" TEXT NOT NULL,
    "interfaceId" TEXT NOT NULL,
    "order" INTEGER NOT NULL,
    "family" TEXT NOT NULL,
    "text" TEXT NOT NULL,
    "prefix" INTEGER NOT NULL,
    "origin" TEXT NOT NULL,

    PRIMARY KEY ("clusterId", "nodeId", "interfaceId", "order"),
    CONSTRAINT "Address_clusterId_fkey" FOREIGN KEY ("clusterId") REFERENCES "Cluster" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "Vip" (
    "clusterId" TEXT NOT NULL,
    "id" TEXT NOT NULL,
    "order" INTEGER NOT NULL,
    "family" TEXT NOT NULL,
    "text" TEXT NOT NULL,
    "directorId" TEXT NOT NULL,

    PRIMARY KEY ("clusterId", "id"),
    CONSTRAINT "Vip_clusterId_fkey" FOREIGN KEY ("clusterId") REFERENCES "Cluster" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "VirtualService" (
    "clusterId" TEXT NOT NULL,
    "id" TEXT NOT NULL,
    "order" INTEGER NOT NULL,
    "protocol" TEXT NOT NULL,
    "vipId" TEXT NOT NULL,
    "port" INTEGER NOT NULL,
    "scheduler" TEXT NOT NULL,
    "schedulerFlags" TEXT NOT NULL,
    "persistenceTimeout" INTEGER,
    "persistenceNetmask" TEXT,
    "persistenceEngine" TEXT,
    "onePacket" BOOLEAN NOT NULL,
    "method" TEXT NOT NULL,

    PRIMARY KEY ("clusterId", "id"),
    CONSTRAINT "VirtualService_clusterId_fkey" FOREIGN KEY ("clusterId") REFERENCES "Cluster" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "Destination" (
    "clusterId" TEXT NOT NULL,
    "serviceId" TEXT NOT NULL,
    "id" TEXT NOT NULL,
    "order" INTEGER NOT NULL,
    "nodeId" TEXT NOT NULL,
    "family" TEXT NOT NULL,
    "text" TEXT NOT NULL,
    "port" INTEGER NOT NULL,
    "weight" INTEGER NOT NULL,
    "upperThreshold" BIGINT NOT NULL,
    "lowerThreshold" BIGINT NOT NULL,
    "method" TEXT,

    PRIMARY KEY ("clusterId", "serviceId", "id"),
    CONSTRAINT "Destination_clusterId_fkey" FOREIGN KEY ("clusterId") REFERENCES "Cluster" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "Revision" (
    "clusterId" TEXT NOT NULL,
    "revision" INTEGER NOT NULL,
    "at" DATETIME NOT NULL,
    "by" TEXT NOT NULL,
    "topology" TEXT NOT NULL,

    PRIMARY KEY ("clusterId", "revision"),
    CONSTRAINT "Revision_clusterId_fkey" FOREIGN KEY ("clusterId") REFERENCES "Cluster" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "Rollout" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "clusterId" TEXT NOT NULL,
    "revision" INTEGER NOT NULL,
    "epoch" INTEGER NOT NULL,
    "by" TEXT NOT NULL,
    "startedAt" DATETIME NOT NULL,
    "finishedAt" DATETIME,
    "state" TEXT NOT NULL,
    "phase" TEXT,
    "failure" TEXT,
    CONSTRAINT "Rollout_clusterId_fkey" FOREIGN KEY ("clusterId") REFERENCES "Cluster" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "RolloutHost" (
    "rolloutId" TEXT NOT NULL,
    "nodeId" TEXT NOT NULL,
    "order" INTEGER NOT NULL,
    "digest" TEXT NOT NULL,

    PRIMARY KEY ("rolloutId", "nodeId"),
    CONSTRAINT "RolloutHost_rolloutId_fkey" FOREIGN KEY ("rolloutId") REFERENCES "Rollout" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "RolloutHostPhase" (
    "rolloutId" TEXT NOT NULL,
    "nodeId" TEXT NOT NULL,
    "phase" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "results" TEXT NOT NULL,

    PRIMARY KEY ("rolloutId", "nodeId", "phase"),
    CONSTRAINT "RolloutHostPhase_rolloutId_nodeId_fkey" FOREIGN KEY ("rolloutId", "nodeId") REFERENCES "RolloutHost" ("rolloutId", "nodeId") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "JoinToken" (
    "hash" TEXT NOT NULL PRIMARY KEY,
    "clusterId" TEXT NOT NULL,
    "nodeId" TEXT NOT NULL,
    "by" TEXT NOT NULL,
    "createdAt" DATETIME NOT NULL,
    "expiresAt" DATETIME NOT NULL,
    "usedAt" DATETIME
);

-- CreateTable
CREATE TABLE "AgentCertificate" (
    "fingerprint" TEXT NOT NULL PRIMARY KEY,
    "clusterId" TEXT NOT NULL,
    "nodeId" TEXT NOT NULL,
    "issuedAt" DATETIME NOT NULL,
    "notAfter" DATETIME NOT NULL,
    "revokedAt" DATETIME
);

-- CreateTable
CREATE TABLE "Event" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "at" DATETIME NOT NULL,
    "kind" TEXT NOT NULL,
    "clusterId" TEXT,
    "nodeId" TEXT,
    "by" TEXT,
    "message" TEXT NOT NULL
);

-- CreateTable
CREATE TABLE "User" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "name" TEXT NOT NULL,
    "email" TEXT NOT NULL,
    "emailVerified" BOOLEAN NOT NULL DEFAULT false,
    "image" TEXT,
    "role" TEXT NOT NULL DEFAULT 'viewer',
    "createdAt" DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedAt" DATETIME NOT NULL
);

-- CreateTable
CREATE TABLE "Session" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "expiresAt" DATETIME NOT NULL,
    "token" TEXT NOT NULL,
    "createdAt" DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedAt" DATETIME NOT NULL,
    "ipAddress" TEXT,
    "userAgent" TEXT,
    "userId" TEXT NOT NULL,
    CONSTRAINT "Session_userId_fkey" FOREIGN KEY ("userId") REFERENCES "User" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "Account" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "accountId" TEXT NOT NULL,
    "providerId" TEXT NOT NULL,
    "userId" TEXT NOT NULL,
    "accessToken" TEXT,
    "refreshToken" TEXT,
    "idToken" TEXT,
    "accessTokenExpiresAt" DATETIME,
    "refreshTokenExpiresAt" DATETIME,
    "scope" TEXT,
    "password" TEXT,
    "createdAt" DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedAt" DATETIME NOT NULL,
    CONSTRAINT "Account_userId_fkey" FOREIGN KEY ("userId") REFERENCES "User" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "Verification" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "identifier" TEXT NOT NULL,
    "value" TEXT NOT NULL,
    "expiresAt" DATETIME NOT NULL,
    "createdAt" DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedAt" DATETIME NOT NULL
);

-- CreateIndex
CREATE UNIQUE INDEX "Cluster_rolloutId_key" ON "Cluster"("rolloutId");

-- CreateIndex
CREATE INDEX "Rollout_clusterId_startedAt_idx" ON "Rollout"("clusterId", "startedAt");

-- CreateIndex
CREATE INDEX "Rollout_state_idx" ON "Rollout"("state");

-- CreateIndex
CREATE INDEX "JoinToken_clusterId_nodeId_idx" ON "JoinToken"("clusterId", "nodeId");

-- CreateIndex
CREATE INDEX "AgentCertificate_clusterId_nodeId_idx" ON "AgentCertificate"("clusterId", "nodeId");

-- CreateIndex
CREATE INDEX "Event_clusterId_at_idx" ON "Event"("clusterId", "at");

-- CreateIndex
CREATE UNIQUE INDEX "User_email_key" ON "User"("email");

-- CreateIndex
CREATE UNIQUE INDEX "Session_token_key" ON "Session"("token");

-- CreateIndex
CREATE INDEX "Session_userId_idx" ON "Session"("userId");

-- CreateIndex
CREATE INDEX "Account_userId_idx" ON "Account"("userId");

-- CreateIndex
CREATE UNIQUE INDEX "Account_providerId_accountId_key" ON "Account"("providerId", "accountId");

-- CreateIndex
CREATE INDEX "Verification_identifier_idx" ON "Verification"("identifier");
