import { Type } from 'typebox'
import {
  nearRegions,
  normalizeRegion,
  REGION_CATALOGUE,
  type RegionPlace,
  regionId,
  regionOf,
  regionOfCode,
} from '#domain'
import type { Engine } from '#engine'
import { CountFields, OrNull } from './answer-fields.ts'
import type { Routes } from './routes.ts'

const WorkerRegion = Type.Object(
  {
    id: Type.String({ examples: ['region_us_east_1'] }),
    code: Type.String({ description: 'How monitors and results name it.', examples: ['us-east-1'] }),
    name: Type.String({ examples: ['US East (Virginia)'] }),
    city: OrNull(Type.String({ examples: ['Virginia'] })),
    country: OrNull(Type.String({ examples: ['United States'] })),
    countryCode: OrNull(Type.String({ examples: ['US'] })),
    latitude: OrNull(Type.Number({ examples: [37.926868] })),
    longitude: OrNull(Type.Number({ examples: [-78.024902] })),
    isActive: Type.Boolean({ description: 'Whether a worker reported from there within 60 s.', examples: [true] }),
  },
  { title: 'WorkerRegion' },
)
const WorkerRegionList = Type.Object(
  { regions: Type.Array(WorkerRegion), ...CountFields },
  { title: 'WorkerRegionList' },
)

/** `GET /worker-regions`: the server's own region, those with a worker, and the catalogue. */
export const regionRoutes: Routes = (app, { engine, config }) => {
  const schema = {
    tags: ['Worker Regions'],
    operationId: 'listWorkerRegions',
    summary: 'List worker regions',
    description: 'The region of the server itself, those with a worker, and the well-known ones.',
    response: { 200: WorkerRegionList },
  }
  app.get('/worker-regions', { schema }, async () => {
    const active = new Map(engine.regions().map(({ code, isActive }) => [code, isActive]))
    const regions = knownRegionCodes(engine, config.region).map((code) => {
      const { name, city, country, countryCode, latitude, longitude } =
        code === config.region.code ? regionOf(config.region) : regionOfCode(code)
      const isActive = active.get(code) ?? false
      return { id: regionId(code), code, name, city, country, countryCode, latitude, longitude, isActive }
    })
    return { regions, count: regions.length, hasMore: false }
  })
}

/** Every code that may be named: the server's own, those of workers, and the catalogue. */
export function knownRegionCodes(engine: Pick<Engine, 'regions'>, own: RegionPlace): string[] {
  const heard = engine.regions().map(({ code }) => code)
  return [...new Set([own.code, ...heard, ...REGION_CATALOGUE.map(({ code }) => code)])]
}

/** A sentence for a code that nobody knows, with those that are near or in the same area. */
export function unknownRegion(name: string, known: readonly string[]): string {
  const code = normalizeRegion(name)
  const area = /^[a-z]+-/.exec(code)?.[0] ?? null
  const near = nearRegions(code, known)
  const inArea = area === null ? [] : known.filter((candidate) => candidate.startsWith(area))
  const shown = [...new Set([...near, ...inArea])].slice(0, 8)
  if (shown.length > 0) return `is not a known region; near it are ${shown.join(', ')}`
  return 'is not a known region; GET /worker-regions lists them'
}
