import { describe, expect, it } from 'vitest';
import { findMachine, searchMachines, suggestMachines } from './find-machine.ts';
import { MACHINES } from './machines.ts';

describe('findMachine', () => {
  it('finds every machine by its own name, its slug-like spelling and its name in capitals without spaces', () => {
    for (const machine of MACHINES) {
      expect(findMachine(machine.name)?.slug, machine.name).toBe(machine.slug);
      expect(findMachine(machine.slug.replaceAll('-', ' '))?.slug, machine.slug).toBe(machine.slug);
      expect(findMachine(machine.name.toUpperCase().replace(/[\s()]/g, ''))?.slug, machine.name).toBe(machine.slug);
    }
  });

  it.each([
    ['s19jpro', 'antminer-s19j-pro'],
    ['S19j Pro', 'antminer-s19j-pro'],
    ['Bitmain Antminer S19J-PRO 104TH/s', 'antminer-s19j-pro'],
    ['Antminer S19j Pro 88T', 'antminer-s19j-pro-88t'],
    ['蚂蚁 S21 Pro', 'antminer-s21-pro'],
    ['蚂蚁矿机S21', 'antminer-s21'],
    ['神马M60S', 'whatsminer-m60s'],
    ['WhatsMiner M53S', 'whatsminer-m53s'],
    ['M30s++ 112TH', 'whatsminer-m30s-plus-plus'],
    ['阿瓦隆A1366', 'avalon-a1366'],
    ['AvalonMiner 1366', 'avalon-a1366'],
    ['Canaan Avalonminer 1166 Pro 81T', 'avalon-a1166-pro'],
    ['S21 水冷', 'antminer-s21-hyd'],
    ['Antminer S21 XP Hydro', 'antminer-s21-xp-hyd'],
    ['Antminer S21 Plus', 'antminer-s21-plus'],
    ['Auradine Teraflux AH3880', 'teraflux-ah3880'],
    ['Bitdeer SEALMINER A2 Pro Hyd', 'sealminer-a2-pro-hyd'],
    ['Antminer S21e XP Hyd 3U', 'antminer-s21e-xp-hyd-3u'],
    ['S9 13.5T', 'antminer-s9'],
    ['Ａｎｔｍｉｎｅｒ Ｓ２１', 'antminer-s21'],
  ])('reads %s', (typed, slug) => {
    expect(findMachine(typed)?.slug).toBe(slug);
  });

  it.each([
    '',
    '   ',
    'Antminer',
    'S19j Pro 105T',
    'Antminer M60S',
    'S21 Ultra',
    '<script>alert(1)</script>',
    'null',
  ])('knows no machine called "%s"', (typed) => {
    expect(findMachine(typed)).toBeNull();
  });

  it('does not take a plus for nothing', () => {
    expect(findMachine('S21+')?.slug).toBe('antminer-s21-plus');
    expect(findMachine('S21')?.slug).toBe('antminer-s21');
  });
});

describe('searchMachines', () => {
  it('puts the exact machine first and its relatives after it', () => {
    const found = searchMachines('s21', 20).map((machine) => machine.slug);
    expect(found[0]).toBe('antminer-s21');
    expect(found).toContain('antminer-s21-xp-hyd');
  });

  it.each([
    ['s19jpro', 'antminer-s19j-pro'],
    ['s19j pro', 'antminer-s19j-pro'],
    ['pro s19j', 'antminer-s19j-pro'],
    ['神马 m60', 'whatsminer-m60'],
    ['蚂蚁 xp 水冷', 'antminer-s21-xp-hyd'],
    ['阿瓦隆', 'avalon-a16xp'],
    ['嘉楠 1566', 'avalon-a1566'],
    ['WHATSMINER', 'whatsminer-m79s'],
    ['473', 'antminer-s21-xp-hyd'],
  ])('finds by "%s"', (query, slug) => {
    expect(searchMachines(query, MACHINES.length).map((machine) => machine.slug)).toContain(slug);
  });

  it('keeps to the limit, and shows the beginning of the catalogue while nothing is typed', () => {
    expect(searchMachines('', 5)).toEqual(MACHINES.slice(0, 5));
    expect(searchMachines('antminer', 3)).toHaveLength(3);
  });

  it('finds nothing for what is in no name', () => {
    expect(searchMachines('rtx 4090', 10)).toEqual([]);
  });
});

describe('suggestMachines', () => {
  it.each([
    ['Antminer S19 Prro', 'antminer-s19-pro'],
    ['Whatsminer M60SS', 'whatsminer-m60s'],
    ['S19j Pro 105T', 'antminer-s19j-pro'],
    ['Avalon 1365', 'avalon-a1366'],
  ])('offers the near name for %s', (typed, slug) => {
    expect(suggestMachines(typed).map((machine) => machine.slug)).toContain(slug);
  });

  it('offers at most three, and nothing when nothing is near', () => {
    expect(suggestMachines('S19').length).toBeLessThanOrEqual(3);
    expect(suggestMachines('')).toEqual([]);
    expect(suggestMachines('completely different thing')).toEqual([]);
    expect(suggestMachines('x'.repeat(100_000))).toEqual([]);
  });
});
