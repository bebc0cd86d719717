import { REGION_CATALOGUE } from './region-catalogue.ts'

/** A place from which monitors are checked. What nobody said of an unlisted one is null. */
export interface Region {
  code: string
  name: string
  city: string | null
  country: string | null
  /** ISO 3166-1, two letters. */
  countryCode: string | null
  latitude: number | null
  longitude: number | null
}

/** Where a region outside the catalogue is; `country` is its two letters. */
export interface RegionPlace {
  code: string
  city: string | null
  country: string | null
  latitude: number | null
  longitude: number | null
}

const BY_CODE: ReadonlyMap<string, Region> = new Map(REGION_CATALOGUE.map((region) => [region.code, region]))
const ID_PREFIX = 'region_'
/** A typing slip or two, such as a missing digit. */
const NEAR_DISTANCE = 2
const NEAR_MAX = 5

/** `region_us_east_1`: the id that stands for a code in answers. */
export function regionId(code: string): string {
  return ID_PREFIX + code.replaceAll('-', '_')
}

/** The code for either form, `region_us_east_1` or `us-east-1`, in any case. Says nothing about whether it exists. */
export function normalizeRegion(text: string): string {
  const lower = text.trim().toLowerCase()
  return lower.startsWith(ID_PREFIX) ? lower.slice(ID_PREFIX.length).replaceAll('_', '-') : lower
}

/** The region of a code: from the catalogue, where what is given of its place goes first, else from what is given. */
export function regionOf(place: RegionPlace): Region {
  const known = BY_CODE.get(place.code)
  const countryCode = place.country ?? known?.countryCode ?? null
  return {
    code: place.code,
    name: known?.name ?? place.city ?? place.code,
    city: place.city ?? known?.city ?? null,
    country: countryCode === known?.countryCode ? (known?.country ?? null) : countryName(countryCode),
    countryCode,
    latitude: place.latitude ?? known?.latitude ?? null,
    longitude: place.longitude ?? known?.longitude ?? null,
  }
}

/** The region of a code of which nothing else is given. */
export function regionOfCode(code: string): Region {
  return regionOf({ code, city: null, country: null, latitude: null, longitude: null })
}

/**
 * Codes among `known` that an unknown `code` may have meant, nearest first, at most five: at most two typing slips away,
 * or with the end left out.
 */
export function nearRegions(code: string, known: readonly string[]): string[] {
  const wanted = normalizeRegion(code)
  return known
    .map((candidate) => ({ candidate, distance: distanceTo(wanted, candidate) }))
    .filter(({ distance }) => distance <= NEAR_DISTANCE)
    .sort((a, b) => a.distance - b.distance || a.candidate.localeCompare(b.candidate, 'en'))
    .slice(0, NEAR_MAX)
    .map(({ candidate }) => candidate)
}

/** Edits between two codes, separators aside; a candidate that only goes on where the wanted one ends is one edit away. */
function distanceTo(wanted: string, candidate: string): number {
  const [a, b] = [wanted.replaceAll(/[-_ ]/g, ''), candidate.replaceAll('-', '')]
  if (a.length >= 4 && b.startsWith(a)) return 1
  return editDistance(a, b)
}

/** Levenshtein's distance, one row at a time. */
function editDistance(a: string, b: string): number {
  // A code is at most 40 characters; much longer text is near nothing and not worth the work.
  if (Math.abs(a.length - b.length) > NEAR_DISTANCE) return Number.POSITIVE_INFINITY
  let row = Array.from({ length: b.length + 1 }, (_, index) => index)
  for (const [i, letter] of [...a].entries()) {
    const next = [i + 1]
    for (let j = 0; j < b.length; j++) {
      const change = (row[j] ?? 0) + (letter === b[j] ? 0 : 1)
      next.push(Math.min(change, (row[j + 1] ?? 0) + 1, (next[j] ?? 0) + 1))
    }
    row = next
  }
  return row[b.length] ?? 0
}

function countryName(code: string | null): string | null {
  return code === null ? null : (new Intl.DisplayNames('en', { type: 'region', fallback: 'none' }).of(code) ?? code)
}
