-- AlterTable
ALTER TABLE "Cluster" ADD COLUMN "switchId" TEXT;

-- AlterTable
ALTER TABLE "Rollout" ADD COLUMN "switchId" TEXT;

-- CreateTable
CREATE TABLE "Switch" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "clusterId" TEXT NOT NULL,
    "by" TEXT NOT NULL,
    "to" TEXT NOT NULL,
    "services" TEXT NOT NULL,
    "startedAt" DATETIME NOT NULL,
    "finishedAt" DATETIME,
    "state" TEXT NOT NULL,
    "step" TEXT NOT NULL,
    "target" TEXT NOT NULL,
    "warm" BOOLEAN NOT NULL,
    "flippedAt" DATETIME,
    "failure" TEXT,
    "record" TEXT NOT NULL,
    CONSTRAINT "Switch_clusterId_fkey" FOREIGN KEY ("clusterId") REFERENCES "Cluster" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateIndex
CREATE INDEX "Switch_clusterId_startedAt_idx" ON "Switch"("clusterId", "startedAt");

-- CreateIndex
CREATE UNIQUE INDEX "Cluster_switchId_key" ON "Cluster"("switchId");
