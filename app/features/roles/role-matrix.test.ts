import { expect, it } from 'vitest';
import { ROLES } from '#app/platform/permissions/actor.ts';
import { PERMISSION_NAMES } from '#app/platform/permissions/permissions.ts';
import { listAreas, listRoles } from './role-matrix.ts';

it('shows every permission once, under its area, for every role', () => {
  const areas = listAreas();
  expect(areas.flatMap(({ rows }) => rows.map(({ permission }) => permission))).toEqual(PERMISSION_NAMES);
  expect(new Set(areas.map(({ area }) => area)).size).toBe(areas.length);
  for (const { area, rows } of areas) {
    for (const { permission, reaches } of rows) {
      expect(permission.startsWith(`${area}.`)).toBe(true);
      expect(reaches.map(({ role }) => role)).toEqual(ROLES);
    }
  }
});

it('says the same role by role', () => {
  const cells = listAreas().flatMap(({ rows }) => rows.flatMap(({ reaches }) => reaches));
  for (const { role, workspace, own, alone } of listRoles()) {
    expect(workspace).toHaveLength(cells.filter((cell) => cell.role === role && cell.reach === 'workspace').length);
    expect(own).toHaveLength(cells.filter((cell) => cell.role === role && cell.reach === 'own').length);
    expect(alone).toHaveLength(cells.filter((cell) => cell.role === role && cell.reach === 'alone').length);
  }
});
